import { createHash, randomUUIDv7 } from 'node:crypto';

import type { Client } from 'pg';

import { entitiesOf, features } from '../../src/features.ts';
import { postIdea } from '../../src/kinds/ideas/ideas.ts';
import { openDatabase, type Em } from '../../src/platform/db/database.ts';
import type { Person } from '../../src/platform/person.ts';
import type { Languages } from '../../src/platform/languages.ts';
import { loadDetector } from '../../translation/detection/detector.ts';
import { EU_LANGUAGES } from '../../translation/languages.ts';
import { translatorOf } from '../../translation/translator.ts';
import { spanishSentences } from '../support/sentences.ts';
import { stubEngine } from '../support/stub-engine.ts';
import { median, milliseconds, timesOf, type Bench, type Figure } from './figures.ts';
import { stockedDatabase, withClient } from './stock.ts';

const IDEAS = 100;
const ROUNDS = 30;
const A_ROUND = 20;
const ASKED = 2.5;
const TARGETS = ['pt', 'ca', 'fr', 'it'];
const BODY = spanishSentences().slice(0, 8).join(' ');

/** Stores an idea with four wished translations through the operation, and the same rows by SQL alone, in turns. */
export async function benchPost({ server }: Bench): Promise<Figure[]> {
  const url = await stockedDatabase(server, IDEAS);
  const database = await openDatabase({ databaseUrl: url, dataDir: '' }, entitiesOf(features));
  try {
    const [spaceId, personId] = await withClient(url, idsOf);
    const ours = () => post(database.em(), personId, spaceId);
    const { ratio, bare, product } = await withClient(url, (client) =>
      inTurns(() => insert(client, personId, spaceId), ours),
    );
    return [
      {
        what: 'storing an idea, without detection',
        against: `the same rows by SQL: ${milliseconds(bare)}`,
        asked: `≤ ${ASKED} × its time`,
        measured: `${ratio.toFixed(2)} × (${milliseconds(product)})`,
        ok: ratio <= ASKED,
      },
      await detectionFigure(),
    ];
  } finally {
    await database.close();
  }
}

/** The median of the rounds' ratios, and of the times of both. */
async function inTurns(bare: () => Promise<unknown>, product: () => Promise<unknown>) {
  await timesOf(A_ROUND * 5, bare); // warm
  await timesOf(A_ROUND * 5, product);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({ bare: median(await timesOf(A_ROUND, bare)), product: median(await timesOf(A_ROUND, product)) });
  return {
    ratio: median(rounds.map((each) => each.product / each.bare)),
    bare: median(rounds.map((each) => each.bare)),
    product: median(rounds.map((each) => each.product)),
  };
}

/** Spanish can be read in four languages, and nobody looks which language a text is in: that is measured apart. */
const LANGUAGES: Languages = {
  all: [...EU_LANGUAGES, 'ca'],
  detector: () => null,
  translator: translatorOf([
    { ...stubEngine(), pairs: () => TARGETS.map((target) => ({ source: 'es', target, via: null })) },
  ]),
};

function post(em: Em, personId: string, spaceId: string): Promise<string> {
  const person: Person = {
    id: personId,
    handle: null,
    name: null,
    reads: [],
    roles: [],
    unlimited: true,
    interfaceLanguage: 'es',
    textsLanguage: null,
    showsFirst: null,
    showsSupport: false,
  };
  const input = { title: 'Más trenes nocturnos', body: BODY, place: null, language: 'es' };
  return postIdea(em, LANGUAGES, person, { space: { id: spaceId }, input, interfaceLanguage: 'es' });
}

/** The rows of `postIdea`, one statement each, as somebody would write them who wanted nothing else. */
async function insert(client: Client, personId: string, spaceId: string): Promise<void> {
  const [id, textId] = [randomUUIDv7(), randomUUIDv7()];
  const hash = createHash('sha256').update(BODY).digest('base64url');
  await client.query('begin');
  await client.query(
    "insert into subject (id, kind, space_id, author_id, root_id, text_id, published_at) values ($1, 'idea', $2, $3, $1, $4, now())",
    [id, spaceId, personId, textId],
  );
  await client.query(
    `insert into activity (generation, type, kind, subject_id, root_id, space_id, actor_id, text_id, language)
     select generation, 'published', 'idea', $1, $1, $2, $3, $4, 'es' from platform`,
    [id, spaceId, personId, textId],
  );
  await client.query('insert into idea (subject_id) values ($1)', [id]);
  await client.query(
    `insert into text (id, subject_id, version, title, body, language, decided_by, hash, written_at)
     values ($1, $2, 1, 'Más trenes nocturnos', $3, 'es', 'author', $4, now())`,
    [textId, id, BODY, hash],
  );
  await client.query(
    `insert into translation (text_id, language, state, origin, source_language, wished_at)
     select $1, target, 'queued', 'machine', 'es', now() from unnest($2::text[]) target`,
    [textId, TARGETS],
  );
  await client.query('commit');
}

async function idsOf(client: Client): Promise<[string, string]> {
  const { rows } = await client.query<{ space: string; person: string }>(
    'select (select subject_id from space order by position limit 1) as space, (select id from person limit 1) as person',
  );
  const [row] = rows;
  if (!row) throw new Error('The database is empty.');
  return [row.space, row.person];
}

async function detectionFigure(): Promise<Figure> {
  const detector = await loadDetector({ model: 'small', candidates: LANGUAGES.all });
  const texts = spanishSentences();
  const taken = await timesOf(texts.length, async (index) => detector.detect(`${texts[index] ?? ''}\n${BODY}`));
  return {
    what: 'detecting the language of an idea',
    against: '–',
    asked: '–',
    measured: milliseconds(median(taken)),
    ok: null,
  };
}
