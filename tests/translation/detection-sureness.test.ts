import { describe, expect, test } from 'vitest';

import { loadDetector } from '../../translation/detection/detector.ts';
import { EU_LANGUAGES } from '../../translation/languages.ts';

const detector = await loadDetector({ model: 'small', candidates: [...EU_LANGUAGES, 'ar'] });

describe('F15–F17: few words are not sure to be what their neighbours write, too', () => {
  test.each([
    ['Boyan types Bulgarian in Latin letters', 'bg', 'kakvo moje da se napravi za grada'],
    ['and of water', 'bg', 'nosi voda na selo'],
    ['and of a street', 'bg', 'zelena ulica s duga alea'],
    ['and of faces', 'bg', 'mnogo lice v parka'],
    ['Xoana writes in Galician', 'gl', 'Este foi o momento no que chegou o tren a Lugo.'],
    ['and of a playground', 'gl', 'o parque infantil da praza'],
    ['and of a bridge', 'gl', 'a ponte do porto'],
    ['Ingrid writes in Norwegian', 'nb', 'Hun bor i byen'],
    ['and of children', 'nb', 'Barna leker i parken'],
    ['Manon mixes English into French', 'fr', 'Stop au lobbying'],
    ['Heike into German', 'de', 'Co-Working Space am Markt'],
    ['Sofie into Danish', 'da', 'Trams for alle'],
  ])('%s (%s): %s', (_, language, text) => {
    const { language: said, sure, ask } = detector.detect(text);
    expect(sure ? [said] : ask).toHaveLength(sure ? 1 : 2);
    expect([language, null]).toContain(sure ? said : null);
  });
});

describe('What tells a language from its neighbours is enough', () => {
  test.each([
    ['pt', 'Mais árvores na praça, por favor'],
    ['pt', 'Os professores trabalham demais nas escolas públicas'],
    ['hr', 'Želimo više drveća u našoj ulici'],
    ['sl', 'Več dreves v naši ulici, prosim'],
    ['en', 'We want more trees in our streets'],
    ['da', 'Vi ønsker os flere træer i gaderne'],
    ['bg', 'iskame poveche durveta po ulicite na grada'],
  ])('%s: %s', (language, text) => {
    expect(detector.detect(text)).toMatchObject({ language, sure: true, ask: [] });
  });
});
