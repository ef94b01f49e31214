import { Agent } from 'node:http';

import { startProgram, untilReady } from '../support/program.ts';
import { fullDatabase } from './full-stock.ts';
import { milliseconds, quantile, timesOf, type Bench, type Figure } from './figures.ts';
import { readPage } from './read-page.ts';
import { signedInCookie, withClient } from './stock.ts';

const READER = 'pt';
const REQUESTS = 200;
const TEN_TIMES = 10;
const ASKED = { idea: 60, events: 50, tenTimes: 80 };
const FILTERS = [
  '',
  '?when=past',
  '?when=past&mode=online&country=PT',
  '?language=fr',
  '?space=climate&when=all&page=30',
  '?space=health&mode=hybrid&language=de&country=GR',
];

/** Pages with much on them, read by somebody signed in, so that none comes from the page cache. */
export async function benchPages({ server, say }: Bench): Promise<Figure[]> {
  const url = await fullDatabase(server);
  const figures = await withProgram(url, async (read) => {
    const id = await busiestIdea(url);
    const idea = await read([`ideas/${id}`, `ideas/${id}?comments=oldest`, `ideas/${id}?commentPage=12`]);
    return [
      figureOf('an idea with 500 comments', idea, ASKED.idea),
      figureOf('events with filters', await read(FILTERS.map((filter) => `events${filter}`)), ASKED.events),
    ];
  });
  say('Filling a database with ten times as much …');
  const large = await withProgram(await fullDatabase(server, TEN_TIMES), async (read) => [
    figureOf(
      'events with filters, 66,000 of them',
      await read(FILTERS.map((filter) => `events${filter}`)),
      ASKED.tenTimes,
    ),
  ]);
  return [...figures, ...large];
}

type Read = (paths: readonly string[]) => Promise<number[]>;

async function withProgram(url: string, work: (read: Read) => Promise<Figure[]>): Promise<Figure[]> {
  const program = await startProgram({ DATABASE_URL: url, ROLE: 'web', LOG_LEVEL: 'silent' });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    await untilReady(program);
    const cookie = await signedInCookie(url, READER);
    const read: Read = async (paths) => {
      const page = (index: number) =>
        readPage(agent, `${program.url}/${READER}/${paths[index % paths.length]}`, cookie);
      await timesOf(REQUESTS / 2, page); // warm
      return timesOf(REQUESTS, page);
    };
    return await work(read);
  } finally {
    agent.destroy();
    await program.stop();
  }
}

function figureOf(what: string, times: readonly number[], asked: number): Figure {
  const p95 = quantile(times, 0.95);
  return {
    what: `${what}: p95`,
    against: `median ${milliseconds(quantile(times, 0.5))}`,
    asked: `< ${asked} ms`,
    measured: milliseconds(p95),
    ok: p95 < asked,
  };
}

async function busiestIdea(url: string): Promise<string> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ id: string }>('select about_id as id from comment group by about_id order by count(*) desc limit 1'),
  );
  return rows[0]?.id ?? '';
}
