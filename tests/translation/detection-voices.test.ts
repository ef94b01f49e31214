import { describe, expect, test } from 'vitest';

import { loadDetector, type DetectOptions } from '../../translation/detection/detector.ts';
import { EU_LANGUAGES, KNOWN_LANGUAGES } from '../../translation/languages.ts';

const CANDIDATES = [...EU_LANGUAGES, 'ar'];
const detector = await loadDetector({ model: 'small', candidates: CANDIDATES });
const detect = (text: string, options?: DetectOptions) => detector.detect(text, options);
const MOON =
  'We choose to go to the moon in this decade and do the other things, not because they are easy, but because they are hard.';

describe('F8: words of others within a line do not decide', () => {
  test.each(['„“', '„”', '“”', '””', '«»', '»«', '‹›', '›‹', '‚‘', '‘’', '""', "''", '„"', '「」'])(
    'Heike quotes a president between %s',
    (marks) => {
      const [opens = '', closes = ''] = marks;
      const text = `Ich zitiere: ${opens}${MOON}${closes} Genau das brauchen wir.`;
      expect(detect(text)).toMatchObject({ language: 'de', sure: true });
    },
  );

  test.each([
    ['fr', `Je cite : « ${MOON} » Voilà ce qu’il nous faut.`],
    ['pl', `Cytuję: „${MOON}” Właśnie tego potrzebujemy.`],
    ['sv', `Jag citerar: ”${MOON}” Det är precis vad vi behöver.`],
    ['hu', `Idézem: „${MOON}” Pontosan erre van szükségünk.`],
    ['nl', `[quote=John]${MOON}[/quote]\nDat is precies wat wij hier nodig hebben.`],
    ['it', `Ecco di cosa abbiamo bisogno in città.\n-- \n${MOON}`],
  ])('in %s: %s', (language, text) => {
    expect(detect(text)).toMatchObject({ language, sure: true });
  });

  test('a disclaimer that is longer than what Jana says leaves the question open', () => {
    const disclaimer =
      'This e-mail and its attachments are confidential and intended solely for the person to whom they are addressed. If you have received it in error, please tell us.';
    expect(detect(`Wir brauchen mehr Bäume am Ring.\n\n${disclaimer}`).sure).toBe(false);
  });

  test('one word beside a quotation is too little to be sure of', () => {
    expect(detect(`Genau: „${MOON}“`).sure).toBe(false);
  });

  test('Briain says who he is below a slogan in English, and nobody is sure (F16)', () => {
    expect(detect('save the planet! Is mise Briain.').sure).toBe(false);
  });

  test('apostrophes are no quotation, and a quotation that stands alone is read', () => {
    expect(detect("L'eau de l'étang n'est plus claire depuis l'été dernier")).toMatchObject({
      language: 'fr',
      sure: true,
    });
    expect(detect('„Wir brauchen mehr Bäume in der Stadt“')).toMatchObject({ language: 'de', sure: true });
  });
});

describe('F9: Bulgarian and Greek in Latin letters', () => {
  test.each([
    ['bg', 'Iskame poveche detski gradini v Sofia'],
    ['bg', 'Neka da napravim gradovete po-zeleni i po-chisti'],
    ['bg', 'vsi4ki deca zaslujavat 4ist vyzduh'],
    ['bg', 'Nqma dostatu4no mesta za parkirane v kvartala'],
    ['el', 'Theloume perissotera leoforeia sto xorio mas'],
    ['el', '8eloume ka8aro aera kai dentra sthn polh mas'],
  ])('%s: %s', (language, text) => {
    expect(detect(text)).toMatchObject({ language, sure: true });
  });

  test('digits within other words stay what they are', () => {
    expect(detect('Wir wollen 5G und weniger CO2 in unserer Stadt')).toMatchObject({ language: 'de', sure: true });
  });
});

describe('F15, F16: typed in a hurry', () => {
  test.each([
    ['cs', 'potrebujeme vice stromu a lavicek v nasem meste'],
    ['hu', 'tobb fat es padot szeretnenk a varosban'],
    ['lv', 'mes gribam vairak koku un solinu musu pilseta'],
    ['fr', 'il faut plus d arbres et moins de voitures a l ecole'],
  ])('%s without accents: %s', (language, text) => {
    expect(detect(text).language).toBe(language);
  });

  test.each(['Mir wei meh Velowäge i dr Stadt, wüu es isch gfährlech', 'I mecht gern mehra Baam in da Stod'])(
    'Swiss German and Bavarian are German, or nobody is sure: %s',
    (text) => {
      const { language, sure } = detect(text);
      expect(language === 'de' || !sure).toBe(true);
    },
  );

  test('four words are sure from 0.9 only, and the question names the two likeliest', () => {
    for (const text of ['Park na Savi', 'Novi park', 'Datos de radares', 'en la casa', 'De kat', 'Ny park her']) {
      const { confidence, sure, ask, language, alternatives } = detect(text);
      expect(sure).toBe(confidence >= 0.9);
      expect(ask).toEqual(sure ? [] : [language, ...alternatives.map((each) => each.language)].slice(0, 2));
    }
  });
});

describe('F17: beyond the 24', () => {
  const NORWEGIAN = 'Jeg vil gjerne at dere bygger flere sykkelveier i byen vår, for nå er det farlig.';
  const SERBIAN = 'Želim da se u našem gradu izgradi više biciklističkih staza i parkova za decu.';

  test('Norwegian is found where it is a candidate, and else a stranger', () => {
    expect(detect(NORWEGIAN, { candidates: [...CANDIDATES, 'nb'] })).toMatchObject({ language: 'nb', sure: true });
    expect(detect(NORWEGIAN)).toMatchObject({ language: null, undetermined: true });
  });

  test('Milica’s Serbian in Latin letters has the label of Croatian where that is the only one, and it says so', () => {
    expect(detect(SERBIAN)).toMatchObject({ language: 'hr', alsoFor: ['bs', 'sr'] });
    expect(detect('Jana möchte mehr Bäume in der Straße').alsoFor).toEqual([]);
    const serbia = EU_LANGUAGES.with(EU_LANGUAGES.indexOf('hr'), 'sr');
    expect(detect(SERBIAN, { candidates: serbia })).toMatchObject({ language: 'sr', alsoFor: ['bs', 'hr'] });
  });

  test('where there are several labels, nobody is sure of one', () => {
    const { sure, ask, alsoFor } = detect(SERBIAN, { candidates: [...CANDIDATES, 'sr'] });
    expect(sure).toBe(false);
    expect(new Set(ask)).toEqual(new Set(['hr', 'sr']));
    expect(alsoFor).toEqual([]);
  });

  test('operators can switch on Norwegian, Bosnian and Serbian, which is found in both its scripts', () => {
    const candidates = KNOWN_LANGUAGES;
    expect(detect(NORWEGIAN, { candidates })).toMatchObject({ language: 'nb', sure: true });
    expect(['bs', 'hr', 'sr']).toEqual(expect.arrayContaining(detect(SERBIAN, { candidates }).ask));
    const cyrillic = 'Желим да се у нашем граду изгради више бициклистичких стаза и паркова за децу.';
    expect(detect(cyrillic, { candidates })).toMatchObject({ language: 'sr', sure: true, alsoFor: [] });
  });

  test.each([
    ['Galician', 'Queremos máis árbores e bancos nas rúas da nosa vila.'],
    ['Catalan', 'Volem més arbres i bancs als carrers del nostre barri.'],
    ['Welsh', 'Rydym eisiau mwy o goed a meinciau yn ein strydoedd.'],
    ['Luxembourgish', 'Mir wëllen méi Beem a Bänken an de Stroosse vun eisem Quartier.'],
    ['Nynorsk', 'Eg vil ha fleire bussar og tryggare vegar i bygda vår.'],
  ])('%s is no other language surely', (_, text) => {
    expect(detect(text).sure).toBe(false);
  });
});
