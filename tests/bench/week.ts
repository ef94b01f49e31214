import { Agent } from 'node:http';

import { startProgram, untilReady } from '../support/program.ts';
import { median, milliseconds, quantile, timesOf, type Bench, type Figure } from './figures.ts';
import { fullDatabase } from './full-stock.ts';
import { readPage } from './read-page.ts';
import { signedInCookie, withClient } from './stock.ts';

const READER = 'pt';
const WARM = 5;
const REQUESTS = 25;
const TEN_TIMES = 10;
const ASKED = 150;
const ASKED_TEN_TIMES = 500;

/** The week in figures, counted from the tables at every request: for everybody, and on the secretariat's desk. */
export async function benchWeek({ server, say }: Bench): Promise<Figure[]> {
  const figures = await measure(await fullDatabase(server), '18,000 ideas, 100,000 comments, 6,600 events', ASKED);
  say('Filling a database with ten times as much …');
  const large = await measure(await fullDatabase(server, TEN_TIMES), 'ten times as much', ASKED_TEN_TIMES);
  return [...figures, ...large];
}

async function measure(url: string, stock: string, asked: number): Promise<Figure[]> {
  const program = await startProgram({ DATABASE_URL: url, ROLE: 'web', LOG_LEVEL: 'silent' });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    await untilReady(program);
    const cookie = await secretariatCookie(url);
    const pages = ['statistics', 'secretariat'].map((name) => `${program.url}/${READER}/${name}/${currentWeek()}`);
    const figures: Figure[] = [];
    for (const page of pages) {
      const read = () => readPage(agent, page, cookie);
      await timesOf(WARM, read);
      figures.push(figureOf(`${new URL(page).pathname}, ${stock}`, await timesOf(REQUESTS, read), asked));
    }
    return figures;
  } finally {
    agent.destroy();
    await program.stop();
  }
}

const currentWeek = (): string => {
  const { yearOfWeek, weekOfYear = 1 } = Temporal.Now.plainDateISO('Europe/Brussels');
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`;
};

async function secretariatCookie(url: string): Promise<string> {
  const cookie = await signedInCookie(url, READER);
  await withClient(url, (client) =>
    client.query(
      "insert into role (id, person_id, name) select gen_random_uuid(), id, 'secretariat' from person where handle like 'reader-%' on conflict do nothing",
    ),
  );
  return cookie;
}

function figureOf(what: string, times: readonly number[], asked: number): Figure {
  const middle = median(times);
  return {
    what,
    against: `p95 ${milliseconds(quantile(times, 0.95))}`,
    asked: `< ${asked} ms`,
    measured: milliseconds(middle),
    ok: middle < asked,
  };
}
