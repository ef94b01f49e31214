import { createHash } from 'node:crypto';

import type { LabelledText } from './labelled-texts.ts';

/**
 * What people make of a language on a phone and in a hurry, by rule from texts whose language is known: so every language has its
 * share, and the same text becomes the same each time.
 */
export const PERTURBATIONS: Readonly<Record<string, (text: LabelledText) => string | null>> = {
  phone: ({ text }) => phone(text),
  'phone, a blank for each sign': ({ text }) => bare(text.toLowerCase().replace(/[\p{P}\p{S}]+/gu, ' ')),
  typos: ({ text }) => eachNth(text, 10, mistype),
  'English words': ({ text, lang }) => (lang === 'en' ? null : eachNth(text, 5, englishFor)),
  capitals: ({ text }) => text.toUpperCase(),
  Greeklish: ({ text, lang }) => (lang === 'el' ? romanise(text, { ...GREEK, θ: '8', ξ: '3' }) : null),
  'Greeklish without digits': ({ text, lang }) => (lang === 'el' ? romanise(text, GREEK) : null),
  Shliokavitsa: ({ text, lang }) => (lang === 'bg' ? romanise(text, { ...BULGARIAN, ...DIGITS }) : null),
  'Bulgarian in Latin letters': ({ text, lang }) => (lang === 'bg' ? romanise(text, BULGARIAN) : null),
};

/** Small letters, accents off, punctuation off. */
const phone = (text: string): string => bare(text.toLowerCase().replace(/[\p{P}\p{S}]+/gu, ''));

const LIGATURES: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ħ: 'h', ı: 'i' },
};

function bare(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæœøłđħı]/gu, (letter) => LIGATURES[letter] ?? letter)
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Changes one word in `step` of those with four letters or more, the first of them included: `how` gets a number that is the same each time. */
function eachNth(text: string, step: number, how: (word: string, chance: number) => string): string {
  let seen = 0;
  return text.replace(/[\p{L}\p{M}]{4,}/gu, (word) => (seen++ % step === 1 ? how(word, chanceOf(word + text)) : word));
}

function chanceOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

/** Two neighbours change places, a letter is missing or stands twice. */
function mistype(word: string, chance: number): string {
  const letters = Array.from(word);
  const at = 1 + (Math.floor(chance / 3) % (letters.length - 2));
  const [here = '', next = ''] = letters.slice(at, at + 2);
  const instead = [[next, here], [next], [here, here, next]][chance % 3] ?? [];
  return letters.toSpliced(at, 2, ...instead).join('');
}

const ENGLISH =
  'online meeting feedback green deal lifestyle download smart city climate budget team update website people about support more great really project sharing start events future'.split(
    ' ',
  );

const englishFor = (_word: string, chance: number): string => ENGLISH[chance % ENGLISH.length] ?? '';

const GREEK: Readonly<Record<string, string>> = {
  ...{ α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n' },
  ...{ ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'x', ψ: 'ps', ω: 'w' },
};
const BULGARIAN: Readonly<Record<string, string>> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'i', й: 'i', к: 'k', л: 'l', м: 'm' },
  ...{ н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sht' },
  ...{ ъ: 'a', ь: '', ю: 'yu', я: 'ya' },
};
const DIGITS: Readonly<Record<string, string>> = { ч: '4', ш: '6', щ: '6t', я: 'q', ъ: 'u', ж: 'j', ц: 'c' };

/** In small letters, as people type them. */
function romanise(text: string, letters: Readonly<Record<string, string>>): string {
  return Array.from(bare(text.toLowerCase()), (letter) => letters[letter] ?? letter).join('');
}
