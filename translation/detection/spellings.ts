// Æ and its like are letters of their own, which no normalisation takes apart.
const LETTERS: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ħ: 'h', ı: 'i' },
};

/** A lower-case text as people type it who leave out accents. */
export function withoutAccents(text: string): string {
  if (/^[\0-\x7f]*$/u.test(text)) return text;
  const apart = text.normalize('NFD').replace(/\p{M}+/gu, '');
  return apart.replace(/[ßæœøłđħı]/gu, (letter) => LETTERS[letter] ?? letter);
}

// In words of small letters, a digit that looks or sounds like a letter of Bulgarian or Greek: vsi4ki, 6te, 8elo, 3eno.
const DIGIT_FOR_LETTER = /(?<![\p{L}\p{N}])(?=[a-z]*[3468][a-z])(?:[a-z]|[3468](?!\d))+(?![\p{L}\p{N}])/gu;
const MEANT: Readonly<Record<string, string>> = { 4: 'ch', 6: 'sh', 8: 'th', 3: 'x' };

/** A text in which the letters stand that digits were typed for. */
export function withLettersForDigits(text: string): string {
  return text.replace(DIGIT_FOR_LETTER, (word) => word.replace(/[3468]/gu, (digit) => MEANT[digit] ?? digit));
}

type Alternatives = Readonly<Record<string, readonly string[]>>;

// How people write these letters when they have a Latin keyboard only, the most usual way first.
const GREEK: Alternatives = {
  ...{ α: ['a'], γ: ['g'], δ: ['d'], ε: ['e'], ζ: ['z'], ι: ['i'], κ: ['k'], λ: ['l'], μ: ['m'], ν: ['n'], ο: ['o'] },
  ...{ π: ['p'], ρ: ['r'], σ: ['s'], ς: ['s'], τ: ['t'], θ: ['th'], ψ: ['ps'], φ: ['f'], η: ['i', 'h'] },
  ...{ ω: ['o', 'w'], υ: ['y', 'u', 'i'], χ: ['x', 'h', 'ch'], β: ['v', 'b'], ξ: ['x', 'ks'] },
};
const BULGARIAN: Alternatives = {
  ...{ а: ['a'], б: ['b'], в: ['v'], г: ['g'], д: ['d'], е: ['e'], з: ['z'], и: ['i'], к: ['k'], л: ['l'], м: ['m'] },
  ...{ н: ['n'], о: ['o'], п: ['p'], р: ['r'], с: ['s'], т: ['t'], у: ['u'], ф: ['f'], ч: ['ch'], ш: ['sh'] },
  ...{ щ: ['sht'], ь: [''], ъ: ['a', 'u', 'y'], я: ['ya', 'q', 'ia'], ж: ['zh', 'j'], ц: ['ts', 'c'] },
  ...{ х: ['h'], й: ['i', 'y', 'j'], ю: ['yu', 'iu', 'ju'] },
};
const SCHEMES: Readonly<Record<string, Alternatives>> = { bg: BULGARIAN, el: GREEK };
const MAX_SPELLINGS = 12;

/** The ways in which people write a Bulgarian or Greek word in Latin letters: a letter is the same all over the word. */
export function romanised(word: string, language: string): string[] {
  const scheme = SCHEMES[language] ?? {};
  const plain = withoutAccents(word.replaceAll('й', 'ј')).replaceAll('ј', 'й');
  let spellings = [plain];
  for (const [letter, alternatives] of Object.entries(scheme)) {
    if (!plain.includes(letter)) continue;
    const written = alternatives.flatMap((latin) => spellings.map((each) => each.replaceAll(letter, latin)));
    spellings = written.slice(0, MAX_SPELLINGS);
  }
  return spellings.filter((spelling) => /^[a-z'-]+$/u.test(spelling));
}
