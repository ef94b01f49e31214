import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import type { RoleName } from '../src/platform/person.ts';
import type { Visitor } from './support/browser-like.ts';
import { FEDERATED } from './support/federation/federated.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { routesOf } from './support/routes.ts';
import { stubEngine } from './support/stub-engine.ts';
import { ACTS, ask, ours, pageOf, prepare, requestOf, type Things } from './support/unsafe-acts.ts';

// Who comes in at which door. The list it makes is for people, and reviewers see every change of it: a door that opens to somebody else
// is a line there.

const ROLES: readonly RoleName[] = ['organizer', 'moderator', 'secretariat', 'administrator'];
const WHO = ['visitor', 'citizen', 'author', ...ROLES];

let polyphony: TestPlatform;
beforeAll(async () => (polyphony = await startPolyphony(FEDERATED, { engine: stubEngine() })));
afterAll(() => polyphony.stop());

/** Everybody finds things of their own, so that no act of one closes anything for the next. */
async function arrive(who: string): Promise<{ visitor: Visitor; things: Things }> {
  const author = await polyphony.signIn(`Author ${who}`, { roles: ['administrator', 'organizer', 'moderator'] });
  const other = await polyphony.person(`Other ${who}`, { language: 'pt' });
  const things = await prepare(polyphony, author, other);
  if (who === 'visitor') return { visitor: polyphony.visitor(), things };
  if (who === 'author') {
    // Their contributions stay theirs, whatever roles they had.
    await rows(
      polyphony.em(),
      sql`delete from role where person_id = (select id from person where handle = 'author-author')`,
    );
    return { visitor: author, things };
  }
  const roles = ROLES.filter((role) => role === who);
  return { visitor: await polyphony.signIn(`${who} herself`, { roles }), things };
}

/** Which of these doors let somebody in; every other answer than "sign in" and "not you" says so. */
async function tryAll(who: string, routes: readonly string[]): Promise<Map<string, boolean>> {
  const { visitor, things } = await arrive(who);
  const tried = new Map<string, boolean>();
  for (const route of routes) {
    await rows(polyphony.em(), sql`delete from rate`);
    const { sends = {}, headers = {} } = ACTS[route] ?? {};
    const request = route.startsWith('GET')
      ? pageOf(route, things, { language: 'en', handle: 'author-visitor' })
      : await requestOf(polyphony, route, things);
    const { status } = await ask(polyphony, visitor, request, { sends, headers: { ...headers, ...ours(polyphony) } });
    tried.set(route, status !== 401 && status !== 403);
  }
  return tried;
}

/** Signing in and out is for everybody, and would change who asks. */
const OUTSIDE = /sign-in|sign-out|welcome|callbacks/;

test('Every door lets in whom the list says', async () => {
  const unsafe = Object.keys(ACTS);
  const gets = routesOf(polyphony)
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => `GET ${path}`);
  const routes = [...new Set([...gets, ...unsafe])].filter((route) => !OUTSIDE.test(route));
  const columns: Map<string, boolean>[] = [];
  for (const who of WHO) columns.push(await tryAll(who, routes));
  const lines = routes.map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return `| ${method} | \`${path}\` | ${columns.map((column) => (column.get(route) ? 'yes' : '')).join(' | ')} |`;
  });
  const head = [`| | route | ${WHO.join(' | ')} |`, `| --- | --- | ${WHO.map(() => '---').join(' | ')} |`];
  const table = [...head, ...lines].join('\n');
  await expect(`${INTRODUCTION}\n\n${table}\n`).toMatchFileSnapshot('../docs/routes.md');
});

const INTRODUCTION = `# Who comes in at which door

\`npm run routes\` asks at every door and writes this list; \`tests/roles.test.ts\` compares it. "author" wrote what the route is about.
Roles hold in the whole platform. The rules are in the \`*.policy.ts\` of each noun.`;
