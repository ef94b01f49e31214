import { randomUUIDv7 } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import { pino } from 'pino';

import { entitiesOf, features } from '../../src/features.ts';
import { readParallelTexts } from '../../src/demo/content.ts';
import { openDatabase, type Database } from '../../src/platform/db/database.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { loadWords } from '../../src/platform/i18n.ts';
import { PACE } from '../../src/platform/pace.ts';
import { createThemes } from '../../src/kinds/spaces/spaces.ts';
import type { Languages } from '../../src/platform/languages.ts';
import { startWorker } from '../../src/services/engines/worker.ts';
import { READER, wish } from '../../src/services/texts/translations.ts';
import type { Engine } from '../../translation/engines/engine.ts';
import { EU_LANGUAGES } from '../../translation/languages.ts';
import { translatorOf } from '../../translation/translator.ts';
import { onServer, urlOf } from '../support/server.ts';
import { withClient } from './stock.ts';

// What the benchmarks of translation share: a database of their own, ideas of real sentences, a worker with one engine.

const NAME = 'polyphony_bench_translations';
const LOOK_MILLISECONDS = 25;
const WISH_EVERY_MILLISECONDS = 400;
// Less than a hundredth of the second that a reader may wait.
const READER_LOOKS_MILLISECONDS = 10;

/** A platform without its web: texts, a queue and a worker. */
export interface Workshop {
  url: string;
  database: Database;
  languages: Languages;
  /** Starts the worker; resolves when nothing is in the queue any more, with the seconds it took. `before` is awaited before it is stopped. */
  workOff(before?: () => Promise<void>): Promise<number>;
  close(): Promise<void>;
}

/** A fresh database on the server, and one engine. */
export async function openWorkshop(server: string, engine: Engine): Promise<Workshop> {
  await onServer(server, `drop database if exists ${NAME} with (force)`);
  await onServer(server, `create database ${NAME}`);
  const url = urlOf(server, NAME);
  const database = await openDatabase({ databaseUrl: url, dataDir: '' }, entitiesOf(features));
  await migrate(database);
  await createThemes(database.em(), (await loadWords()).languages);
  const languages: Languages = {
    all: [...EU_LANGUAGES, 'ar'],
    translator: translatorOf([engine]),
    detector: () => null,
  };
  const settings = { budgets: {}, timeZone: 'Europe/Brussels', publicUrl: 'http://localhost' };
  return {
    ...{ url, database, languages },
    async workOff(before = async () => {}) {
      const started = performance.now();
      const worker = startWorker({ database, languages, settings, log: pino({ level: 'error' }), pace: PACE });
      await untilEmpty(url);
      const seconds = (performance.now() - started) / 1_000;
      await before();
      await worker.close();
      return seconds;
    },
    close: async () => {
      await database.close();
      await languages.translator.close();
      await onServer(server, `drop database if exists ${NAME} with (force)`);
    },
  };
}

function untilEmpty(url: string): Promise<void> {
  return withClient(url, async (client) => {
    for (;;) {
      const { rows } = await client.query("select 1 from translation where state in ('queued', 'suspended') limit 1");
      if (rows.length === 0) return;
      await setTimeout(LOOK_MILLISECONDS);
    }
  });
}

export interface BenchText {
  language: string;
  title: string;
  body: string;
}

/** So many ideas of real sentences, one language after the other; no two are the same. */
export async function readIdeas(count: number, languages: readonly string[]): Promise<BenchText[]> {
  const pools = new Map(languages.map((language): [string, BenchText[]] => [language, []]));
  for await (const { language, title, body } of readParallelTexts())
    pools.get(language)?.push({ language, title, body });
  return Array.from({ length: count }, (_, n) => {
    const pool = pools.get(languages[n % languages.length] ?? '') ?? [];
    const round = Math.floor(n / languages.length);
    const text = pool[round % pool.length] ?? { language: '', title: '', body: '' };
    const again = Math.floor(round / pool.length);
    return again === 0 ? text : { ...text, title: `${text.title} (${again})`, body: `${text.body} – ${again}.` };
  });
}

/** Stores ideas as they are, without an author. Returns the ids of their texts, in order. */
export async function addIdeas(url: string, texts: readonly BenchText[]): Promise<string[]> {
  const ids = texts.map(() => ({ subject: randomUUIDv7(), text: randomUUIDv7() }));
  await withClient(url, async (client) => {
    const values = [
      ids.map(({ subject }) => subject),
      ids.map(({ text }) => text),
      texts.map(({ title }) => title),
      texts.map(({ body }) => body),
      texts.map(({ language }) => language),
    ];
    const given =
      'unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[]) g (subject, text, title, body, language)';
    await client.query('begin');
    await client.query(
      `with g as (select * from ${given}), s as (
          insert into subject (id, kind, space_id, root_id, text_id, published_at)
          select subject, 'idea', (select subject_id from space limit 1), subject, text, now() from g)
        insert into text (id, subject_id, version, title, body, language, decided_by, hash, written_at)
        select text, subject, 1, title, body, language, 'import', '', now() from g`,
      values,
    );
    await client.query('commit');
    await client.query('analyze');
  });
  return ids.map(({ text }) => text);
}

/** Somebody opens a fresh idea in another language, again and again, and waits for its words: the seconds each took. */
export function startReader(
  { url, database }: Workshop,
  target: string,
  freshIdea: (count: number) => BenchText,
): { waits: readonly number[]; stop(): Promise<void> } {
  let isOver = false;
  const waits: number[] = [];
  const running = (async () => {
    for (let count = 1; !isOver; count++) {
      const idea = freshIdea(count);
      const [id = ''] = await addIdeas(url, [idea]);
      const started = performance.now();
      await wish(database.em(), { id, language: idea.language }, [target], { priority: READER });
      while (!(await isReady(url, id))) await setTimeout(READER_LOOKS_MILLISECONDS);
      waits.push((performance.now() - started) / 1_000);
      await setTimeout(WISH_EVERY_MILLISECONDS);
    }
  })();
  return {
    waits,
    stop: () => {
      isOver = true;
      return running;
    },
  };
}

function isReady(url: string, id: string): Promise<boolean> {
  const query = "select 1 from translation where text_id = $1 and state = 'ready'";
  return withClient(url, async (client) => (await client.query(query, [id])).rows.length > 0);
}
