import { sql } from 'kysely';

import { type Translator, createTranslator, translatorOf } from '../../translation/translator.ts';
import { rows, type Em } from '../platform/db/database.ts';
import type { Settings } from '../platform/settings.ts';
import type { Operator } from '../services/house/command.ts';

interface Texts {
  language: string;
  count: number;
}

/** Of all texts that everybody may read, how many readers of each language can read: as written, and with each engine and all of them. */
export async function tellShares(_words: readonly string[], { withDatabase }: Operator): Promise<number> {
  return withDatabase(async (database, settings) => {
    const texts = await readTexts(database.em());
    const translator = await open(settings);
    try {
      for (const line of table(texts, translator, settings)) console.log(line);
      return 0;
    } finally {
      await translator.close();
    }
  });
}

function readTexts(em: Em): Promise<Texts[]> {
  return rows(
    em,
    sql<Texts>`select t.language, count(*)::int as count from subject s join text t on t.id = s.text_id
      where s.kind <> 'space' and s.visibility = 'public' and s.closed_at is null group by t.language`,
  );
}

function open({ engines, engineEnvironment: environment, allowedPairs: allowed }: Settings): Promise<Translator> {
  return createTranslator({ engines, environment, allowed, onSkip: (name, why) => console.error(`${name}: ${why}`) });
}

function table(
  texts: readonly Texts[],
  translator: Translator,
  { languages, allowedPairs: allowed }: Settings,
): string[] {
  const engines = translator.engines().filter((engine) => engine.pairs().length > 0);
  const sets = [
    { name: 'as written', reads: (source: string, target: string) => source === target },
    ...engines.map((engine) => ({ name: engine.name, reads: readerOf(translatorOf([engine], { allowed })) })),
    ...(engines.length > 1 ? [{ name: 'all', reads: readerOf(translator) }] : []),
  ];
  const total = texts.reduce((sum, { count }) => sum + count, 0);
  const share = (reads: (source: string, target: string) => boolean, reader: string): string => {
    const read = texts.filter(({ language }) => reads(language, reader)).reduce((sum, { count }) => sum + count, 0);
    return `${total === 0 ? 0 : Math.round((100 * read) / total)} %`;
  };
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(['reader', ...sets.map(({ name }) => name)]),
    line(['---', ...sets.map(() => '---:')]),
    ...languages.map((reader) => line([reader, ...sets.map(({ reads }) => share(reads, reader))])),
  ];
}

const readerOf =
  (translator: Translator) =>
  (source: string, target: string): boolean =>
    source === target || translator.way(source, target) !== null;
