import { afterEach, describe, expect, test } from 'vitest';
import { apertium, closeAll, installed, translate } from '../support/apertium.ts';
import { spanishSentences } from '../support/sentences.ts';

afterEach(closeAll);

describe.skipIf(!installed)('F12: what Apertium breaks is mended where that is safe', () => {
  test.each([
    ['a word that is dropped leaves one blank', 'es>en', 'Propone que la ciudad pida más árboles.', /^\S+( \S+)*$/],
    ['no Spanish mark opens an Italian question', 'es>it', '¿Por qué no? ¡Vamos!', /^[^¿¡]+\? [^¿¡]+!$/],
    ['a Spanish question is opened', 'en>es', 'Why now? I ask again: who pays for it?', /^¿[^¿?]+\? ¿[^¿?]+\?$/],
    ['a call is, too, after its quotation mark', 'en>es', '"Let us go!" said the mayor.', /^"¡[^!]+!"/],
    ['so is a question in brackets', 'en>es', 'The city (really?) sleeps.', /\(¿[^)]+\?\)/],
    ['and one in a list', 'en>es', '1. Who pays for the trains?', /^1\. ¿/],
    ['a Spanish question keeps the mark it has', 'es>fr', '¿Quién paga?', /^[^¿]+\?$/],
    ['a name gives no capital away', 'es>it', 'El cuartel general de La Paz.', / della Pace\.$/],
    ['a half hour is no word of two languages', 'it>es', 'Mezz’ora di treno.', /^Media \p{Ll}+ de tren\.$/u],
    ['nothing stays nothing', 'it>es', "Non c'è nient'altro.", /nada otro/],
  ])('%s', async (_name, pair, text, expected) => {
    const [source = '', target = ''] = pair.split('>');
    expect(await translate(await apertium(), source, target, text)).toMatch(expected);
  });

  test.each([
    ['es', 'it', 'Vemos YouTube en el iPhone de McDonald.', ['YouTube', 'iPhone', 'McDonald']],
    ['es', 'en', 'Uno , dos . Tres  blancos.', [' ,', ' .', '  ']],
    ['en', 'es', 'Count 1.5 million and 20 % more, at 3 o’clock...', ['1.5', '...']],
    ['it', 'es', "Un po' d'acqua dell'isola negli anni '80.", ["'80"]],
  ])('%s to %s, what the author wrote stays: %s', async (source, target, text, kept) => {
    const answer = await translate(await apertium(), source, target, text);
    for (const part of kept) expect(answer).toContain(part);
  });

  test('two hundred sentences in English have no doubled blank and no blank before a mark', async () => {
    const sentences = spanishSentences();
    const texts = sentences.map((text, index) => ({ id: String(index), text }));
    const engine = await apertium();
    const answers = [
      ...(await engine.translate({ source: 'es', target: 'en', texts: texts.slice(0, 100) })),
      ...(await engine.translate({ source: 'es', target: 'en', texts: texts.slice(100) })),
    ];
    expect(answers.filter(({ text }) => / {2}| [,.;:!?](?:\s|$)/.test(text))).toEqual([]);
  });
});
