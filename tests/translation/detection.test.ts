import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadDetector, type DetectOptions } from '../../translation/detection/detector.ts';
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

  test('a text in a language nobody enabled is not sure', () => {
    expect(detect('Mahallemizde çocuklar için daha fazla oyun alanı istiyoruz.').sure).toBe(false);
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
      expect(detect(text)).toEqual({ language: null, confidence: 0, sure: false, alternatives: [], script: 'Zzzz' });
      expect(detect(text, { interfaceLanguage: 'fi' })).toMatchObject({ language: 'fi', sure: false });
    },
  );
});

describe('Any text gets an answer', () => {
  test('a NUL or half a character in the middle changes nothing', () => {
    const text = 'Eine Bank\0 unter der Linde \ud83d und Wasser für alle, die dort warten müssen.';
    expect(detect(text)).toMatchObject({ language: 'de', sure: true });
  });

  test('whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        const { confidence, sure } = detect(text, { interfaceLanguage: 'de' });
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(sure).toBe(confidence >= 0.8);
      }),
    );
  });

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
    expect(light.detect('Wir möchten mehr Bäume in den Straßen unserer Stadt sehen.').language).toBe('de');
  });

  test('two detectors side by side do not disturb each other', async () => {
    const german = await loadDetector({ model: 'small', candidates: ['de', 'nl'] });
    expect(german.detect('Vorrei più alberi nella mia via').language).toMatch(/^(de|nl)$/);
    expect(detect('Vorrei più alberi nella mia via').language).toBe('it');
  });
});
