import { randomInt } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Visitor } from './support/browser-like.ts';
import { interestingMondays, ZONE } from './support/moments.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { act, begin, gather, type Play } from './support/random-acts.ts';
import { storeAtRandom } from './support/random-rows.ts';
import { randomFrom } from './support/random.ts';
import { readTables, recount, weekName, type Asked } from './support/recount.ts';
import { stubEngine } from './support/stub-engine.ts';
import { interfaceLanguages } from './support/words.ts';

/** `SEED=1234` plays a game again that failed. */
const seed = Number(process.env['SEED'] ?? randomInt(1e9));
const OPERATIONS = 550;
const ROWS = 3_000;
/** So many themes are used; one more stays empty. */
const THEMES = 4;
const DAY = 86_400_000;
/** By the engine in this test. */
const TRANSLATED = ['en', 'es', 'pt', 'fr', 'de'];

let polyphony: TestPlatform;
let sofia: ApiPerson;
let visitor: Visitor;

beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine({ policy: 'wish' }) });
  // Nothing is translated while we count: waiting texts keep waiting.
  await polyphony.em().getConnection().execute("insert into engine_state (engine, paused_at) values ('stub', now())");
  sofia = await polyphony.person('Sofia', { roles: ['secretariat'] });
  visitor = polyphony.visitor({ headers: { Authorization: `Bearer ${sofia.token}` } });
});
afterAll(() => polyphony.stop());

/** Thousands of acts by forty people; returns the names of the weeks they are in, and of those beside them. */
async function play(): Promise<string[]> {
  const random = randomFrom(seed);
  const found: { id: string }[] = await polyphony
    .em()
    .getConnection()
    .execute('select subject_id as id from space order by position');
  const mondays = interestingMondays(new Date());
  const game: Play = {
    ...{
      polyphony,
      random,
      mondays,
      people: await gather(polyphony),
      spaces: found.slice(0, THEMES).map(({ id }) => id),
    },
    ...{ ideas: [], comments: [], events: [] },
  };
  await storeAtRandom(game, ROWS);
  await begin(game);
  for (let done = 0; done < OPERATIONS;) if (await act(game)) done++;
  const starts = mondays.map((monday) => monday.toZonedDateTime(ZONE).epochMilliseconds);
  const all = starts.flatMap((start) => [start - DAY, start + DAY]);
  return [...new Set(all.filter((moment) => moment < Date.now()).map((moment) => weekName(new Date(moment))))];
}

async function fileOf(week: string, space: string | null): Promise<Map<string, string>> {
  const { status, text } = await visitor.get(`/en/secretariat/${week}.csv${space ? `?space=${space}` : ''}`);
  expect(status).toBe(200);
  const lines = text.trim().split('\r\n').slice(1);
  return new Map(
    lines.map((line) => {
      const [section = '', key = '', key2 = '', value = ''] = line.split(',');
      return [`${section},${key},${key2}`, value.split('/').at(-1) ?? ''];
    }),
  );
}

test('Every figure of every week is what a recount of all rows gives, whatever happened', async () => {
  const weeks = await play();
  const tables = await readTables(polyphony.em());
  const scopes = [null, ...tables.spaces.slice(0, THEMES + 1).map(({ slug }) => slug)];
  for (const week of weeks)
    for (const space of scopes) {
      const asked: Asked = {
        ...{ week, space, told: told(), now: new Date(), interfaceLanguages },
        weekBefore: beforeOf(week),
        hasEngine: (from, to) => TRANSLATED.includes(from) && TRANSLATED.includes(to),
      };
      const counted = Object.fromEntries(await fileOf(week, space));
      const expected = Object.fromEntries(recount(tables, asked));
      expect(counted, `SEED=${seed}, ${week}, ${space ?? 'all spaces'}`).toEqual(expected);
    }
});

test('Programs get the same figures', async () => {
  const tables = await readTables(polyphony.em());
  const week = weekName(new Date());
  const { body } = await sofia.api('GET', `/statistics/weeks/${week}`);
  const asked: Asked = {
    week,
    weekBefore: beforeOf(week),
    space: null,
    now: new Date(),
    told: told(),
    interfaceLanguages: [],
    hasEngine: () => false,
  };
  const figures = (when: string) =>
    Object.fromEntries(
      [...recount(tables, asked)].flatMap(([key, value]) => {
        const [section, name = '', found] = key.split(',');
        return section === 'figures' && found === when ? [[name, Number(value)]] : [];
      }),
    );
  expect(body.figures, `SEED=${seed}`).toEqual(figures('week'));
  expect(body.before, `SEED=${seed}`).toEqual(figures('before'));
  expect(body.total, `SEED=${seed}`).toEqual(figures('total'));
});

/** The house tells which figures there are, but not what they amount to. */
const told = (): Asked['told'] =>
  new Map(polyphony.running.house.figures.all.flatMap(({ name, parts }) => (parts ? [[parts.of, name]] : [])));

/** The week before that of this name: a day of it is found by trying. */
function beforeOf(week: string): string {
  let day = Date.now();
  while (weekName(new Date(day)) !== week) day -= DAY;
  // Seven days before a late Sunday is the Monday of the same week where clocks were put back that day.
  while (weekName(new Date(day)) === week) day -= DAY;
  return weekName(new Date(day));
}
