import { BACKGROUND, wish } from '../../src/services/texts/translations.ts';
import type { Engine } from '../../translation/engines/engine.ts';
import { EU_LANGUAGES, scriptOf } from '../../translation/languages.ts';
import { stubEngine } from '../support/stub-engine.ts';
import type { Bench, Figure } from './figures.ts';
import { addIdeas, openWorkshop, readIdeas, type Workshop } from './translating.ts';
import { withClient } from './stock.ts';

const IDEAS = 2_500;
const TARGETS = 8;
const ASKED_A_SECOND = 2_000;
// An answer in another script than its language's is refused, and an instant engine cannot write Greek.
export const LATIN = EU_LANGUAGES.filter((language) => scriptOf(language) === 'Latn');

/** What the pipeline costs beside the engine: one that answers at once, and a queue full of ideas. */
export async function benchOverhead({ server, say }: Bench): Promise<Figure[]> {
  const engine = instantEngine();
  const workshop = await openWorkshop(server, engine);
  try {
    const texts = await readIdeas(IDEAS, LATIN);
    const ids = await addIdeas(workshop.url, texts);
    for (const [index, { language }] of texts.entries()) await wishSome(workshop, { id: ids[index] ?? '', language });
    const seconds = await workshop.workOff();
    const { made, remembered } = await count(workshop.url);
    say(`${made} translations, ${remembered} paragraphs remembered, in ${seconds.toFixed(1)} s`);
    return [
      {
        what: 'translations stored, with an engine that answers at once',
        against: `${made} of ${IDEAS * TARGETS}`,
        asked: `≥ ${ASKED_A_SECOND}/s`,
        measured: `${Math.round(made / seconds)}/s`,
        ok: made === IDEAS * TARGETS && made / seconds >= ASKED_A_SECOND,
      },
    ];
  } finally {
    await workshop.close();
  }
}

async function wishSome({ database }: Workshop, text: { id: string; language: string }): Promise<void> {
  const targets = LATIN.filter((language) => language !== text.language);
  await wish(database.em(), text, targets.slice(0, TARGETS), { priority: BACKGROUND });
}

/** Every pair of the 24, each answered with the text itself behind the language. */
export function instantEngine(onText: (characters: number) => void = () => {}): Engine {
  const pairs = EU_LANGUAGES.flatMap((source) =>
    EU_LANGUAGES.filter((target) => target !== source).map((target) => ({ source, target, via: null })),
  );
  return {
    ...stubEngine({ policy: 'wish' }),
    limits: { charactersPerText: 10_000, textsPerRequest: 500, charactersPerRequest: 1_000_000, requestsAtOnce: 3 },
    pairs: () => pairs,
    translate: async ({ texts }) =>
      texts.map(({ id, text }) => {
        onText(text.length);
        return { id, text: `${text} ok` };
      }),
  };
}

async function count(url: string): Promise<{ made: number; remembered: number }> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ made: number; remembered: number }>(
      "select (select count(*)::int from translation where state = 'ready' and not human) as made, (select count(*)::int from memory) as remembered",
    ),
  );
  return rows[0] ?? { made: 0, remembered: 0 };
}
