import { Agent } from 'node:http';

import { Client } from 'pg';

import { startProgram, untilReady, type Program } from '../support/program.ts';
import { median, milliseconds, timesOf, type Bench, type Figure } from './figures.ts';
import { load } from './load.ts';
import { processorMilliseconds } from './processes.ts';
import { readPage } from './read-page.ts';
import { signedInCookie, stockedDatabase } from './stock.ts';

const IDEAS = 18_000;
const READER = 'pt';
/** The query and the page take turns, so that both meet the same noise of the machine. */
const ROUNDS = 8;
const A_ROUND = 40;
/** As many as a server has answered in its first minutes: until then much of it is not compiled yet. */
const WARM = 1_500;
const AT_ONCE = 20;
const LOAD_SECONDS = 5;
const ASKED_PROCESSOR = 1;
const ASKED_P99 = 50;

/** Twenty ideas in the reader's language out of 18,000 in 25, never from the page cache. */
export async function benchList({ server, say }: Bench): Promise<Figure[]> {
  const url = await stockedDatabase(server, IDEAS);
  const program = await startProgram({ DATABASE_URL: url, ROLE: 'web', LOG_LEVEL: 'silent' });
  const client = new Client({ connectionString: url });
  try {
    await untilReady(program);
    await client.connect();
    say(await explain(client));
    const signedIn = await compare(client, program, await signedInCookie(url, READER));
    const anonymous = await compare(client, program, 'polyphony=a-session-that-has-ended');
    const crowd = await load(`${program.url}/${READER}/ideas`, {
      connections: AT_ONCE,
      seconds: LOAD_SECONDS,
      cookie: await signedInCookie(url, READER),
    });
    return [...figures('signed in', signedIn), ...figures('not signed in', anonymous), crowdFigure(crowd)];
  } finally {
    await client.end();
    await program.stop();
  }
}

interface Compared {
  query: number;
  page: number;
  processor: number;
}

/** One request after the other, in turns. All in milliseconds. */
async function compare(client: Client, program: Program, cookie: string): Promise<Compared> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const page = () => readPage(agent, `${program.url}/${READER}/ideas`, cookie);
  const query = () => client.query({ name: 'list', text: QUERY, values: [READER] });
  await timesOf(WARM, page);
  await timesOf(A_ROUND, query);
  const queries: number[] = [];
  const pages: number[] = [];
  let processor = 0;
  for (let round = 0; round < ROUNDS; round++) {
    queries.push(...(await timesOf(A_ROUND, query)));
    const before = processorMilliseconds(program.pid);
    pages.push(...(await timesOf(A_ROUND, page)));
    processor += processorMilliseconds(program.pid) - before;
  }
  agent.destroy();
  return { query: median(queries), page: median(pages), processor: processor / pages.length };
}

function figures(who: string, { query, page, processor }: Compared): Figure[] {
  return [
    {
      what: `list of 20, ${who}: processor time of the server`,
      against: 'one page',
      asked: `≤ ${milliseconds(ASKED_PROCESSOR)}`,
      measured: milliseconds(processor),
      ok: processor <= ASKED_PROCESSOR,
    },
    {
      what: `list of 20, ${who}: time`,
      against: `its query alone: ${milliseconds(query)}`,
      asked: `≤ ${milliseconds(query + ASKED_PROCESSOR)}`,
      measured: milliseconds(page),
      ok: page <= query + ASKED_PROCESSOR,
    },
  ];
}

function crowdFigure({ p99, requestsPerSecond, errors }: Awaited<ReturnType<typeof load>>): Figure {
  return {
    what: `list of 20, ${AT_ONCE} at once: p99`,
    against: `${Math.round(requestsPerSecond)} pages/s, ${errors} errors`,
    asked: `< ${ASKED_P99} ms`,
    measured: `${p99} ms`,
    ok: p99 < ASKED_P99 && errors === 0,
  };
}

async function explain(client: Client): Promise<string> {
  await client.query(`prepare list_explained(text) as ${QUERY}`);
  const execute = `explain (analyze, buffers) execute list_explained('${READER}')`;
  await client.query(execute);
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(execute);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

/** What somebody would write who wanted these twenty rows and nothing else. */
const QUERY = `
  select s.id, sp.slug, a.handle, a.name, s.published_at, s.edited_at, t.id as text_id, t.version, t.language,
    coalesce(m.title, t.title) as title, coalesce(m.body, t.body) as body, m.state, m.engine, m.via
  from subject s join text t on t.id = s.text_id join space sp on sp.subject_id = s.space_id
    left join person a on a.id = s.author_id
    left join translation m on m.text_id = t.id and m.language = $1 and not m.human
  where s.kind = 'idea' and s.closed_at is null and s.visibility = 'public'
  order by s.published_at desc, s.id desc limit 20`;
