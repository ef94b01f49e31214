import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';

import { rows } from '../../src/platform/db/database.ts';
import { PARAMETERS } from '../../src/services/site/parameters.ts';
import { createApiToken } from '../../src/services/people/people.ts';
import { createLink } from '../../src/services/people/sign-in.ts';
import type { PageAnswer, Visitor } from '../support/browser-like.ts';
import { complaints, keepLog } from '../support/log-lines.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from '../support/polyphony.ts';
import { routesOf } from '../support/routes.ts';
import { stubEngine } from '../support/stub-engine.ts';
import { ACTS, ask, ours, pageOf, prepare, renew, requestOf, type Things } from '../support/unsafe-acts.ts';
import { describedBy, fieldsOfForms, type Description } from './fields.ts';
import { MARKED, VALUES, WORDS } from './corpus.ts';
import { BODIES, HEADERS, QUERIES, SEGMENTS } from './requests.ts';
import { judge, strike, type Blow } from './strike.ts';

// Every door of a running platform, and at each of them everything that people who mean harm send. Doors are found by themselves.

const ROLES = ['moderator', 'organizer', 'secretariat', 'administrator'] as const;
const { log, lines } = keepLog();

/** A platform, and Ada, who may do everything there without a limit: so the attack comes as far as it can. */
async function open(): Promise<{ polyphony: TestPlatform; ada: ApiPerson }> {
  const platform = await startPolyphony({}, { engine: stubEngine({ policy: 'wish' }), log });
  return { polyphony: platform, ada: await platform.person('Ada', { roles: [...ROLES], unlimited: true }) };
}

const first = await open();
afterAll(() => first.polyphony.stop());
let { polyphony, ada } = first;

const insider = () => polyphony.visitor({ headers: { Authorization: `Bearer ${ada.token}` } });

/** What a door needs to be open: what is done before on things that are new. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  'POST /:language/ideas/:id/edit': ['PATCH /api/v1/ideas/:id'],
  'POST /:language/events/:id/edit': ['PATCH /api/v1/events/:id'],
  'POST /:language/events/:id/report': ['PUT /api/v1/events/:id/report'],
  'POST /:language/texts/:id/translations/:into/roll-back': ['POST /:language/texts/:id/improve/:into'],
  'POST /:language/texts/:id/translations/:into/erase': [
    'POST /:language/texts/:id/improve/:into',
    'POST /:language/texts/:id/translations/:into/roll-back',
  ],
  'POST /:language/:plural/:id/restore': ['POST /:language/:plural/:id/hide'],
};

let others = 0;

const newThings = async (writer: Visitor): Promise<{ things: Things; other: ApiPerson }> => {
  const other = await polyphony.person(`Other ${++others}`, { language: 'pt' });
  return { things: await prepare(polyphony, writer, other), other };
};

/** A door that changes something, with what it needs to be open. */
async function openDoor(route: string) {
  const writer = insider();
  let { things, other } = await newThings(writer);
  let visitor = writer;
  let request = '';
  let isReady = false;
  const { on } = ACTS[route] ?? {};
  /** Roles, links and sessions are gone when they were used, as things are. */
  const isUsedUp = on !== undefined || /:token|:role|welcome/.test(route);
  return {
    async before() {
      if (isReady) return;
      const renewed = on && (await renew(polyphony, { writer, other }, things, on));
      if (renewed) things = renewed;
      else if (isUsedUp) ({ things, other } = await newThings(writer));
      for (const each of BEFORE[route] ?? []) await pass(each, things);
      if (route.endsWith('/welcome')) visitor = await newcomer();
      request = await requestOf(polyphony, route, things);
      isReady = true;
    },
    request: () => request,
    things: () => things,
    visitor: () => visitor,
    /** What happened there was let through. */
    used: () => {
      if (isUsedUp) isReady = false;
    },
  };
}

async function pass(route: string, things: Things, visitor = insider()): Promise<void> {
  const { sends = {}, headers = {} } = ACTS[route] ?? {};
  const request = await requestOf(polyphony, route, things);
  await ask(polyphony, visitor, request, { sends, headers: { ...headers, ...ours(polyphony) } });
}

async function newcomer(): Promise<Visitor> {
  const visitor = polyphony.visitor();
  const link = await createLink(polyphony.em(), { email: `new${++others}@example.org`, language: 'en' });
  await visitor.submit(`/en/sign-in/${link}`, {});
  return visitor;
}

type Door = Awaited<ReturnType<typeof openDoor>>;

/** Sends something through a door, and looks at the answer and at the pages it leads to. */
async function send(door: Door, init: RequestInit, request = door.request()): Promise<string[]> {
  const [method = '', path = ''] = request.split(' ');
  const answer = await door.visitor().send(path, { ...init, method });
  if (answer.status >= 400) return judge(answer, polyphony.url);
  door.used();
  const faults = judge(answer, polyphony.url);
  for (const page of pagesAfter(answer)) faults.push(...judge(await insider().get(page), polyphony.url));
  return faults;
}

/** Where what was sent stands now, and its history. */
function pagesAfter({ location, text }: PageAnswer): string[] {
  const { uri, kind, id } = /^\{.*"uri":/.test(text) ? JSON.parse(text) : {};
  const place = location ?? (uri && kind !== 'comment' ? `/en/${kind}s/${id}` : null);
  const page = place?.replace(/[?#].*$/, '');
  return page ? [page, ...(/\/(?:ideas|events|reports)\/[\da-f-]{36}$/.test(page) ? [`${page}/history`] : [])] : [];
}

const isProgram = (route: string): boolean => route.includes(' /api/v1');
const headersOf = (route: string, type?: string): Record<string, string> => ({
  ...ACTS[route]?.headers,
  ...ours(polyphony),
  ...(type ? { 'Content-Type': type } : {}),
});

const gets = routesOf(polyphony).filter(({ method }) => method === 'GET');
const { things } = await newThings(insider());
const NAMES = { handle: 'ada', name: 'help', part: 'ideas-1', token: 'x' };
const pagesAbout = (about: Things) => gets.map(({ path }) => pageOf(path, about, { ...NAMES, language: 'en' }));
const forms = await fieldsOfForms(insider(), { pages: pagesAbout(things), routes: Object.keys(ACTS) });
const description: Description = JSON.parse((await insider().get('/openapi.json')).text);

/** All that a door asks for, and what is sent there in the tests. */
function fieldsAt(route: string): string[] {
  const asked = isProgram(route) ? describedBy(description, route).body : (forms.get(route) ?? []);
  return [...new Set([...Object.keys(ACTS[route]?.sends ?? {}), ...asked])];
}

/** What is good but for one field. */
function* fields(route: string, door: Door): Generator<Blow> {
  const { sends = {} } = ACTS[route] ?? {};
  for (const field of fieldsAt(route))
    for (const [name, words] of Object.entries({
      ...WORDS,
      ...(/body|reason|message|remark/.test(field) ? MARKED : {}),
    })) {
      const bodyOf = (salt: string) => {
        const all = { ...sends, [field]: words + salt };
        return isProgram(route) ? JSON.stringify(all) : new URLSearchParams(all).toString();
      };
      const type = isProgram(route) ? 'application/json' : 'application/x-www-form-urlencoded';
      yield {
        name: `${field}: ${name}`,
        before: door.before,
        act: (salt) => send(door, { body: bodyOf(salt), headers: headersOf(route, type) }),
      };
    }
}

/** For programs: values that are no text at all. */
function* values(route: string, door: Door): Generator<Blow> {
  const { sends = {} } = ACTS[route] ?? {};
  const HERE = 'here-it-stands';
  for (const field of isProgram(route) ? fieldsAt(route) : [])
    for (const [name, value] of Object.entries(VALUES)) {
      const body = JSON.stringify({ ...sends, [field]: HERE }).replace(`"${HERE}"`, () => value);
      const headers = headersOf(route, 'application/json');
      yield { name: `${field}: ${name}`, before: door.before, act: () => send(door, { body, headers }) };
    }
}

/** Whole bodies that are none. */
function* bodies(route: string, door: Door): Generator<Blow> {
  for (const [name, { type, body, headers }] of Object.entries(BODIES))
    yield {
      name,
      before: door.before,
      act: () => send(door, { body, headers: { ...headersOf(route, type), ...headers } }),
    };
}

/** The address, with one part of it wrong. */
function* addresses(route: string, door: Door): Generator<Blow> {
  for (const [, parameter = ''] of route.matchAll(/:(\w+)/g))
    for (const [name, segment] of Object.entries(SEGMENTS)) {
      const wrong = () => spoil(route, door.request(), { parameter, segment });
      const init = { body: isProgram(route) ? '{}' : '', headers: headersOf(route, 'application/json') };
      yield { name: `:${parameter}: ${name}`, before: door.before, act: () => send(door, init, wrong()) };
    }
}

/** A request of this route with a segment in the place of one parameter. */
function spoil(route: string, request: string, { parameter, segment }: { parameter: string; segment: string }): string {
  const there = request.split('/');
  return route
    .split('/')
    .map((part, at) =>
      part.replace(`:${parameter}`, segment) === part ? (there[at] ?? '') : part.replace(`:${parameter}`, segment),
    )
    .join('/');
}

/** Every page, after the attack, for who sees all of it and for who sees what everybody does. */
function* pages(about: Things): Generator<Blow> {
  const [ofAda, ofAnybody] = [insider(), polyphony.visitor()];
  for (const page of pagesAbout(about))
    for (const [who, visitor] of [
      ['Ada', ofAda],
      ['anybody', ofAnybody],
    ] as const)
      yield { name: `${who} at ${page}`, act: async () => judge(await visitor.get(page), polyphony.url) };
}

describe('a door that changes something answers whatever is sent, and no page is harmed', () => {
  // What is planted at one door is not to make the pages longer on which the next one is measured.
  beforeEach(async () => ({ polyphony, ada } = await open()));
  afterEach(async () => {
    await polyphony.stop();
    ({ polyphony, ada } = first);
  });

  test.each(Object.keys(ACTS))('%s', async (route) => {
    const door = await openDoor(route);
    await door.before();
    const { sends = {}, headers = {} } = ACTS[route] ?? {};
    const good = await ask(polyphony, door.visitor(), door.request(), {
      sends,
      headers: { ...headers, ...ours(polyphony) },
    });
    expect(good.status, good.text).toBeLessThan(400);
    door.used();
    const faults = [];
    for (const kind of [fields, values, bodies, addresses])
      faults.push(...(await strike(polyphony, kind(route, door))));
    await door.before();
    expect([...faults, ...(await strike(polyphony, pages(door.things())))]).toEqual([]);
  });
});

/** The names that the query of this page may have. */
function parametersOf(path: string): readonly string[] {
  if (!path.startsWith('/api/v1')) return path.startsWith('/:language') || path === '/' ? PARAMETERS : [];
  return describedBy(description, `GET ${path}`).query;
}

/** What is asked of each parameter of a page alone: most pages read few of them. */
const FEW = new Set(['a script', 'a percent sign', 'a number too large', 'another site']);

function* questions(path: string, page: string): Generator<Blow> {
  const get =
    (address: string, headers: Record<string, string> = {}) =>
    async () =>
      judge(await insider().get(address, headers), polyphony.url);
  for (const [, parameter = ''] of path.matchAll(/:(\w+)/g))
    for (const [name, segment] of Object.entries(SEGMENTS))
      yield { name: `:${parameter}: ${name}`, act: get(spoil(path, page, { parameter, segment })) };
  const parameters = parametersOf(path);
  for (const [name, value] of Object.entries(QUERIES)) {
    for (const each of isProgram(`GET ${path}`) || FEW.has(name) ? parameters : [])
      yield { name: `${each}: ${name}`, act: get(`${page}?${each}=${value}`) };
    const all = parameters.map((each) => `${each}=${value}`).join('&');
    yield { name: `everything: ${name}`, act: get(`${page}?${all.slice(0, 2_000)}`) };
  }
  for (const [name, headers] of Object.entries(HEADERS)) yield { name, act: get(page, headers) };
}

describe('a door that only shows something answers whatever is asked', () => {
  test.each(gets)('$path', async ({ path }) => {
    const language = path.startsWith('/api/') ? 'de' : 'en';
    const page = pageOf(path, things, { ...NAMES, language });
    expect(await strike(polyphony, questions(path, page))).toEqual([]);
  });
});

/** A link works once, signing out has to work always, and only an engine knows the token of its answer. */
const UNLIMITED = /\/sign-in\/:token|\/sign-out|\/callbacks\//;

test('who has used up the limits is told so at every door, and how long to wait', async () => {
  const eager = await polyphony.person('Eager', { roles: [...ROLES] });
  const hurried = await createApiToken(polyphony.em(), eager.id);
  const as = (token: string) => polyphony.visitor({ headers: { Authorization: `Bearer ${token}` } });
  const own = await prepare(polyphony, as(eager.token), await polyphony.person('Somebody else'));
  const joining = await newcomer();
  await rows(
    polyphony.em(),
    sql`create function use_up() returns trigger language plpgsql as $$ begin new.count := 1000000; return new; end $$`,
  );
  await rows(polyphony.em(), sql`create trigger use_up before insert on rate for each row execute function use_up()`);
  const wrong: string[] = [];
  for (const route of Object.keys(ACTS).filter((each) => !UNLIMITED.test(each))) {
    const { sends = {}, headers = {} } = ACTS[route] ?? {};
    await rows(polyphony.em(), sql`delete from rate`);
    for (const each of BEFORE[route] ?? []) await pass(each, own, as(eager.token));
    const visitor = route.endsWith('/welcome') ? joining : as(hurried);
    const request = await requestOf(polyphony, route, own);
    const answer = await ask(polyphony, visitor, request, { sends, headers: { ...headers, ...ours(polyphony) } });
    const isRefused = answer.status === 429 && Number(answer.headers.get('Retry-After')) > 0;
    if (!isRefused) wrong.push(`${route}: ${answer.status} ${answer.headers.get('Retry-After')}`);
    wrong.push(...judge(answer, polyphony.url).map((fault) => `${route}: ${fault}`));
  }
  expect(wrong).toEqual([]);
});

test('in all this nothing failed on our side', () => {
  expect(complaints(lines)).toEqual([]);
});
