import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { loadDetector, type DetectOptions } from '../../translation/detection/detector.ts';
import { loadEld } from '../../translation/detection/eld.ts';
import { loadLexicon, missingWords } from '../../translation/detection/lexicon.ts';
import { packLexicon, wordsOf } from '../../translation/detection/train-lexicon.ts';
import { EU_LANGUAGES, KNOWN_LANGUAGES } from '../../translation/languages.ts';

const detector = await loadDetector({ model: 'small', candidates: [...EU_LANGUAGES, 'ar'] });
const detect = (text: string, options?: DetectOptions) => detector.detect(text, options);

describe('What people write is recognised', () => {
  test.each([
    ['de', 'Jana möchte, dass die Straßenbahn auch nachts alle zwanzig Minuten fährt.'],
    ['sl', 'Maja predlaga, da občina uredi varno kolesarsko pot do osnovne šole.'],
    ['hr', 'Ivana predlaže da se uz rijeku posade stabla i postave klupe za starije osobe.'],
    ['sk', 'Zuzana navrhuje, aby mestské kúpalisko bolo otvorené aj počas sviatkov.'],
    ['et', 'Kadri soovib, et raamatukogu oleks avatud ka pühapäeviti.'],
    ['pt', 'A Inês propõe que as cantinas das escolas usem produtos da região.'],
  ])('%s: %s', (language, text) => {
    expect(detect(text)).toMatchObject({ language, sure: true, script: 'Latn' });
  });

  test('Dimitra writes in Greek with the name of a company in Latin letters', () => {
    expect(detect('Η Δήμητρα ζητά δωρεάν ίντερνετ από τη Vodafone στα σχολεία')).toMatchObject({
      language: 'el',
      script: 'Grek',
    });
  });

  test('Boyan writes two words of Bulgarian while reading the site in English', () => {
    expect(detect('Повече дървета', { interfaceLanguage: 'en' })).toMatchObject({ language: 'bg', script: 'Cyrl' });
  });

  test('Layla writes in Arabic', () => {
    expect(detect('نريد المزيد من الحدائق العامة في وسط المدينة')).toMatchObject({ language: 'ar', sure: true });
  });

  test.each([
    ['ga', 'Tuilleadh crann sa chathair, le do thoil'],
    ['ga', 'Bóthar níos sábháilte do rothaithe i nGaillimh'],
    ['mt', 'Aktar siġar fil-belt tagħna'],
    ['mt', 'Inqas traffiku ħdejn l-iskejjel'],
  ])('a title in %s, which only one of the two detectors knows: %s', (language, title) => {
    expect(detect(title).language).toBe(language);
  });
});

describe('What is not language does not mislead', () => {
  test('Klaus writes in capitals only', () => {
    expect(detect('WIR BRAUCHEN MEHR PLATZ FÜR FAHRRÄDER IN DER INNENSTADT').language).toBe('de');
  });

  test('Ilinca writes in capitals and without accents', () => {
    expect(detect('NOI VREM MAI MULTI COPACI PE STRADA NOASTRA').language).toBe('ro');
  });

  test('Dimitra writes Greek in Latin letters', () => {
    expect(detect('Thelo perissotera dentra sti geitonia mas kai ligotera aftokinita.').language).toBe('el');
  });

  test('Chiara adds addresses, a mention, hashtags and emoji in English', () => {
    const text =
      '@TheGreenCommission Vorrei più alberi nella mia via 🌳🌳 #ClimateActionNow #FutureOfEurope https://example.org/the-right-to-shade the.shade@example.org';
    expect(detect(text)).toMatchObject({ language: 'it', sure: true });
  });

  test('Sofie quotes some words of French in her Danish', () => {
    const text = 'Jeg synes, at byens nye politik bare er „déjà vu“, og at vi fortjener noget bedre end det.';
    expect(detect(text).language).toBe('da');
  });

  test('Marek pastes accents as separate characters', () => {
    const text = 'Marek prosí, aby v parku přibyly lavičky a osvětlení.';
    expect(detect(text.normalize('NFD')).language).toBe('cs');
  });
});

describe('A detector knows when it does not know', () => {
  test('a contribution half in French and half in Dutch is not sure', () => {
    const french = 'Nous demandons que la place du marché soit fermée aux voitures le samedi et le dimanche. ';
    const dutch = 'Wij vragen dat het marktplein op zaterdag en zondag wordt afgesloten voor het autoverkeer. ';
    const detection = detect(french.repeat(3) + dutch.repeat(3));
    expect(detection.sure).toBe(false);
    expect(new Set([detection.language, detection.alternatives[0]?.language])).toEqual(new Set(['fr', 'nl']));
  });

  test('two sentences of one line, each in its own language, are not sure', () => {
    const text = 'Les voitures font trop de bruit dans notre rue. De bewoners van onze straat slapen slecht.';
    const { language, sure, alternatives } = detect(text);
    expect(sure).toBe(false);
    expect(new Set([language, alternatives[0]?.language])).toEqual(new Set(['fr', 'nl']));
  });

  test('two words are the language Piet reads the site in, and he is asked', () => {
    expect(detect('Park Plan', { interfaceLanguage: 'nl' })).toMatchObject({ language: 'nl', sure: false });
  });

  test('a title that could be Slovenian or Croatian follows the language of the site', () => {
    const title = 'Novi park za otroke';
    const [slovenian, croatian] = ['sl', 'hr'].map((interfaceLanguage) =>
      detect('Park na Savi', { interfaceLanguage }),
    );
    expect([slovenian?.language, croatian?.language]).toEqual(['sl', 'hr']);
    expect(detect(title, { interfaceLanguage: 'hr' }).language).toBe('sl');
  });

  test('the language of the site does not overrule a clear text', () => {
    const text = 'Jana möchte, dass die Straßenbahn auch nachts alle zwanzig Minuten fährt.';
    expect(detect(text, { interfaceLanguage: 'fr' })).toMatchObject({ language: 'de', sure: true });
  });

  test.each(['', '   ', '\0', '12 + 30 = 42', '👍'.repeat(10_000), '\ud83d', '\udc00\ud800', 'https://example.org'])(
    'nothing to read in %j',
    (text) => {
      const nothing = {
        confidence: 0,
        sure: false,
        undetermined: false,
        alternatives: [],
        alsoFor: [],
        script: 'Zzzz',
      };
      expect(detect(text)).toEqual({ language: null, ask: [], ...nothing });
      expect(detect(text, { interfaceLanguage: 'fi' })).toEqual({ language: 'fi', ask: ['fi'], ...nothing });
    },
  );
});

describe('A text in none of the languages is undetermined', () => {
  test.each([
    ['Turkish', 'Mahallemizde çocuklar için daha fazla oyun alanı istiyoruz.', 'Latn'],
    ['Albanian', 'Lagjja jonë ka nevojë për më shumë hapësira të gjelbra për fëmijët.', 'Latn'],
    ['Norwegian', 'Jeg vil gjerne at dere bygger flere sykkelveier i byen vår, for nå er det farlig.', 'Latn'],
    ['Russian', 'Просим вас сделать больше пешеходных улиц в нашем районе.', 'Cyrl'],
    ['Macedonian', 'Ѓорѓи сака повеќе дрвја и подобри велосипедски патеки во нашиот град.', 'Cyrl'],
    ['Chinese', '我们希望社区里有更多的公园。', 'Hans'],
    ['Hebrew', 'שלום', 'Hebr'],
    ['Georgian', 'მეტი ხე ჩვენს ქუჩებში', 'Geor'],
    ['Korean', '우리 동네에 나무를 더 심어 주세요', 'Kore'],
  ])('%s: %s', (_, text, script) => {
    const nobodyKnows = { language: null, confidence: 0, sure: false, undetermined: true, script };
    expect(detect(text)).toMatchObject(nobodyKnows);
    expect(detect(text, { interfaceLanguage: 'de' })).toMatchObject(nobodyKnows);
  });

  test('Ingrid, who writes in Norwegian, is offered Danish and Swedish', () => {
    const { alternatives } = detect('Vi ønsker oss flere trær i gatene og et trygt sted for barna våre å leke.');
    expect(alternatives.slice(0, 2).map(({ language }) => language)).toEqual(['da', 'sv']);
  });

  test('where Turkish is a candidate, a Turkish text is Turkish', () => {
    const candidates = [...EU_LANGUAGES, 'tr'];
    const text = 'Mahallemizde çocuklar için daha fazla oyun alanı istiyoruz.';
    expect(detect(text, { candidates })).toMatchObject({ language: 'tr', sure: true, undetermined: false });
  });

  test('two words are too few to say so', () => {
    expect(detect('Güzel ağaçlar', { interfaceLanguage: 'de' })).toMatchObject({ language: 'de', undetermined: false });
  });

  test('names from elsewhere make no text foreign', () => {
    const text = 'Ayşe Yılmaz und Đorđe Šešelj schlagen vor, den Spielplatz am Kanal zu erneuern.';
    expect(detect(text)).toMatchObject({ language: 'de', undetermined: false });
  });
});

describe('What somebody else wrote does not count', () => {
  const FRENCH = [
    '> Nous demandons que la place du marché soit fermée aux voitures le samedi.',
    '> Les enfants pourraient y jouer.',
    '> Et les terrasses seraient plus calmes.',
  ].join('\n');

  test('Heike answers in German below three quoted lines of French', () => {
    const answer = 'Das finde ich richtig, aber wo parken die Händler?';
    expect(detect(`${FRENCH}\n\n${answer}`)).toMatchObject({ language: 'de', sure: true });
    expect(detect(`${answer}\n\n${FRENCH}`)).toMatchObject({ language: 'de', sure: true });
  });

  test('Heike finds her own words below a page of quotation', () => {
    const page = `${FRENCH}\n`.repeat(50);
    expect(detect(`${page}\nDas finde ich richtig, aber wo parken die Händler?`).language).toBe('de');
  });

  test('a quotation that stands alone is read, and the code below it is not', () => {
    const code = '```\nif the bridge is closed then show everybody the other way around the city\n```';
    expect(detect(FRENCH)).toMatchObject({ language: 'fr', sure: true });
    expect(detect(`${FRENCH}\n\n${code}`)).toMatchObject({ language: 'fr', sure: true });
  });

  test('Joris shows code and links to a page with an English address', () => {
    const text = [
      'Het fietspad eindigt bij de brug, zie [het plan](/ideas/the-new-bridge-and-its-cycle-path) en `the open data`.',
      '```',
      'if the bridge is closed then show everybody the other way around the city',
      '```',
    ].join('\n');
    expect(detect(text)).toMatchObject({ language: 'nl', sure: true });
  });
});

describe('Any text gets an answer', () => {
  test('a NUL or half a character in the middle changes nothing', () => {
    const text = 'Eine Bank\0 unter der Linde \ud83d und Wasser für alle, die dort warten müssen.';
    expect(detect(text)).toMatchObject({ language: 'de', sure: true });
  });

  test('whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        const { language, confidence, sure, undetermined } = detect(text, { interfaceLanguage: 'de' });
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(sure).toBe(confidence >= 0.8);
        expect(undetermined).toBe(language === null);
      }),
    );
  });

  test.each(['Wij willen meer bomen. ', '`', '> ', '```\n', '](', '~~~', '\0', '\ud83d', '- > `', '\n'])(
    'a megabyte of %j, in the time of a blink',
    (piece) => {
      const text = piece.repeat(1_000_000 / piece.length);
      const started = performance.now();
      expect(() => detect(text)).not.toThrow();
      expect(performance.now() - started).toBeLessThan(250);
    },
  );

  test('a hundred thousand letters without a space, in the time of a blink', () => {
    const started = performance.now();
    expect(() => detect('a.'.repeat(50_000))).not.toThrow();
    expect(() => detect('ab@'.repeat(50_000))).not.toThrow();
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('Operators choose', () => {
  test('more languages: Russian and Ukrainian beside Bulgarian, Japanese beside Chinese', async () => {
    const candidates = KNOWN_LANGUAGES;
    expect(detect('Мы просим сделать больше пешеходных улиц', { candidates }).language).toBe('ru');
    expect(detect('Ми просимо зробити більше пішохідних вулиць', { candidates }).language).toBe('uk');
    expect(detect('もっと公園を増やしてください', { candidates }).language).toBe('ja');
    expect(detect('我们需要更多的公园', { candidates }).language).toBe('zh');
    expect(detect('Volem més arbres als carrers del nostre barri', { candidates }).language).toBe('ca');
  });

  test('the light detector, short of memory, still knows Irish and Maltese', async () => {
    const light = await loadDetector({ model: 'light', candidates: EU_LANGUAGES });
    expect(light.detect('Ba mhaith linn níos mó crann a fheiceáil ar shráideanna na cathrach.').language).toBe('ga');
    expect(light.detect('Nixtiequ naraw aktar siġar fit-toroq tal-belt tagħna.').language).toBe('mt');
    expect(light.detect('We want more trees and benches along our streets.').language).toBe('en');
    expect(light.detect('Wir möchten mehr Bäume in den Straßen unserer Stadt sehen.').language).toBe('de');
  });

  test('two detectors side by side do not disturb each other', async () => {
    const german = await loadDetector({ model: 'small', candidates: ['de', 'nl'] });
    expect(german.detect('Vorrei più alberi nella mia via').undetermined).toBe(true);
    expect(detect('Vorrei più alberi nella mia via').language).toBe('it');
  });
});

describe('The tables of eld', () => {
  const TEXTS = [
    'Jana möchte, dass die Straßenbahn auch nachts alle zwanzig Minuten fährt.',
    "L'eau de l'étang n'est plus claire depuis l'été",
    'Повече дървета по улиците на града',
    'Η Δήμητρα ζητά δωρεάν ίντερνετ',
    'نريد المزيد من الحدائق العامة',
    'a b cd efg hijk lmnop',
  ];

  test.each(['small', 'large'] as const)('%s: our count is the one of eld', async (size) => {
    const { eld } = size === 'small' ? await import('eld/small') : await import('eld/large');
    const ours = await loadEld(size);
    for (const text of TEXTS) {
      const points = ours.score(text, []);
      const theirs = eld.detect(text).getScores();
      // eld presses points x into x / (x + 25).
      const pressed = Array.from(points, ([language, value]) => [language, value / (value + 25)] as const);
      expect(Object.keys(theirs).length).toBeGreaterThan(0);
      expect(new Map(pressed)).toEqual(
        new Map(Object.entries(theirs).map(([code, score]) => [code, expect.closeTo(score, 9)])),
      );
    }
  });

  test('they are loaded while everything else goes on', async () => {
    let turns = 0;
    const others = setInterval(() => turns++);
    await loadEld('large').finally(() => clearInterval(others));
    // 60 pauses, in most of which a timer is due; imported as a program the tables leave none.
    expect(turns).toBeGreaterThan(20);
  });
});

describe('The lexicon', () => {
  test.each([
    ['sl', 'Mir in tišina'],
    ['ro', 'Zone verzi curate'],
    ['sk', 'Mesto bez smogu'],
  ])('a title in %s that only its words decide: %s', (language, title) => {
    const detection = detect(title);
    expect(detection.language).toBe(language);
    expect(detection.confidence).toBeGreaterThan(0.6);
  });

  test('it is read as it was made', async () => {
    const lists = [
      wordsOf('hr', ['kruh', 'Kruh', 'KRUH', 'tko', "Tko's"]),
      wordsOf('sl', ['kruh', 'kdo', '1234', 'c/o']),
    ];
    const folder = await mkdtemp(join(tmpdir(), 'lexicon-'));
    const file = join(folder, 'lexicon.bin');
    await writeFile(file, await packLexicon(lists));
    const lexicon = await loadLexicon(pathToFileURL(file));
    await rm(folder, { recursive: true });
    const missing = missingWords(['tko', 'ima', 'kruh', 'kruh-kdo'], lexicon);
    expect([missing('hr'), missing('sl')]).toEqual([1, 1]);
    expect(missing('tr')).toBeGreaterThan(0);
    expect(missing('tr')).toBeLessThan(1);
  });
});
