import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';

import type { Em } from '../../platform/db/database.ts';
import { isBehind } from '../../platform/db/migrate.ts';
import { lineOf, linesOf } from '../../platform/lines.ts';
import type { Operator } from '../house/command.ts';
import { importTranslations, type ImportReport } from './archive-import.ts';
import { exportTranslations, type ArchiveLine } from './archive.ts';

/** More wrong lines are counted and not named: a file of another kind has a million of them. */
const NAMED = 100;

/** `translation export` and `translation import`: translations and memory as JSON lines, to or from a file or the terminal. */
export async function moveTranslations(
  [verb, ...words]: readonly string[],
  { withDatabase }: Operator,
): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: { file: { type: 'string' } } });
  const work = { export: exportTo, import: importFrom }[verb ?? ''];
  if (!work)
    throw new Error('The command is: translation export [--file out.jsonl], or translation import [--file in.jsonl]');
  return withDatabase(async (database) => {
    if (await isBehind(database))
      throw new Error('The tables are older than this version. Run: npm run polyphony -- migrate');
    return work(database.em(), values.file);
  });
}

/** Counts go where errors go: the lines alone are what is piped on. */
async function exportTo(em: Em, file: string | undefined): Promise<number> {
  const counts = { translation: 0, revision: 0, memory: 0 };
  async function* written() {
    for await (const line of exportTranslations(em)) {
      counts[line.type]++;
      yield lineOf(line);
    }
  }
  await pipeline(Readable.from(written()), file === undefined ? process.stdout : createWriteStream(file), {
    end: file !== undefined,
  });
  console.error(`Exported: ${inWords(counts)}.`);
  return 0;
}

/** Exit code 1 when a line was wrong; all others are in. */
async function importFrom(em: Em, file: string | undefined): Promise<number> {
  let named = 0;
  const report = await importTranslations(em, await linesFrom(file), (number, what) => {
    if (named++ < NAMED) console.error(`Line ${number}: ${what}.`);
  });
  sayReport(report);
  return report.wrong > 0 ? 1 : 0;
}

/** A file that is not there is told at once, and not as an empty one. */
async function linesFrom(file: string | undefined): Promise<AsyncIterable<string>> {
  return linesOf(file === undefined ? process.stdin : (await open(file)).createReadStream());
}

function sayReport({ stored, skipped, wrong }: ImportReport): void {
  console.log(`Imported: ${inWords(stored)}.`);
  for (const [reason, count] of skipped) console.log(`Left out: ${count}, because ${reason}.`);
  if (wrong > 0) console.log(`Wrong: ${wrong}.`);
}

const inWords = ({ translation: translations, revision, memory }: Record<ArchiveLine['type'], number>): string =>
  `${translations} translations, ${revision} revisions, ${memory} paragraphs of the memory`;
