import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { row, rows } from '../src/platform/db/database.ts';
import { hashToken } from '../src/platform/tokens.ts';
import { createLink } from '../src/services/people/sign-in.ts';
import type { PageAnswer, Visitor } from './support/browser-like.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { fill, routesOf } from './support/routes.ts';
import { stubEngine } from './support/stub-engine.ts';
import { onPage } from './support/words.ts';

/** What a browser says, or does not say, of a request that another site made it send. */
const FOREIGN: Record<string, string>[] = [
  { Origin: 'https://evil.example' },
  { Origin: 'null' },
  { 'Sec-Fetch-Site': 'cross-site' },
  { 'Sec-Fetch-Site': 'same-site' },
  { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://localhost' },
  {},
];

const IDEA = { title: 'Más trenes nocturnos', body: 'Los trenes nocturnos unen ciudades.', language: 'es' };
const HELD = {
  ...{ title: 'Asamblea', body: 'Hablamos de los trenes.', language: 'es', timeZone: 'Europe/Rome', mode: 'in-person' },
  ...{ startsAt: '2026-03-01T18:00', endsAt: '2026-03-01T20:00', address: 'Sala Borsa' },
};
const EVENT = { ...HELD, startsAt: '2031-10-04T18:00', endsAt: '2031-10-04T20:30' };
const TERM = { space: 'platform', from: 'en', to: 'es', source: 'sink', target: 'lavabo' };
const REFUSED = onPage('en', 'errors:foreignOrigin');
const FIRST_VERSION = { 'If-Match': '"1"' };
const CALLBACK = 'a-token-that-nobody-guesses';

/** Ids of what Ada has written, and of what somebody else has. */
const things = {
  ...{ idea: '', secondIdea: '', event: '', secondEvent: '', heldEvent: '', comment: '' },
  ...{ othersIdea: '', othersText: '', term: '', backfill: '' },
};

interface Act {
  /** Whose id stands in the address. */
  on?: keyof typeof things;
  /** Fields of the form, or what a program sends. */
  sends?: object;
  headers?: Record<string, string>;
}

/**
 * Every route that changes something, and what Ada, who may do everything, does there; in an order in which each can be done.
 * A route without a line here fails the first test: it was never tried by somebody who may.
 */
const ACTS: Record<string, Act> = {
  'POST /api/v1/spaces/:slug/ideas': { sends: IDEA },
  'PATCH /api/v1/ideas/:id': { on: 'idea', sends: { body: 'Y los diurnos.' }, headers: FIRST_VERSION },
  'POST /api/v1/spaces/:slug/events': { sends: EVENT },
  'PATCH /api/v1/events/:id': { on: 'event', sends: { capacity: 30 }, headers: FIRST_VERSION },
  'PUT /api/v1/events/:id/official': { on: 'event' },
  'DELETE /api/v1/events/:id/official': { on: 'event' },
  'PUT /api/v1/events/:id/registration': { on: 'event' },
  'DELETE /api/v1/events/:id/registration': { on: 'event' },
  'PUT /api/v1/events/:id/report': { on: 'heldEvent', sends: { body: 'Veinte.', attendees: 20, ideas: [] } },
  'POST /api/v1/subjects/:id/comments': { on: 'othersIdea', sends: { body: 'A favor.', alignment: 'for' } },
  'POST /api/v1/ideas/:id/comments': { on: 'othersIdea', sends: { body: 'En contra.', alignment: 'against' } },
  'PUT /api/v1/subjects/:id/endorsement': { on: 'othersIdea' },
  'DELETE /api/v1/subjects/:id/endorsement': { on: 'othersIdea' },
  'PUT /api/v1/ideas/:id/endorsement': { on: 'othersIdea' },
  'DELETE /api/v1/ideas/:id/endorsement': { on: 'othersIdea' },
  'POST /api/v1/texts/:id/translations/:language': { on: 'othersText' },
  'PUT /api/v1/texts/:id/translations/:language': { on: 'othersText', sends: IDEA },
  'PUT /api/v1/texts/:id/report': { on: 'othersText', sends: { reason: 'spam' } },
  'POST /api/v1/texts/detect': { sends: { body: IDEA.body } },
  'POST /:language/sign-in': { sends: { email: 'ada@example.org' } },
  'POST /:language/sign-in/:token': {},
  'POST /:language/me': { sends: { name: 'Ada', interfaceLanguage: 'en', reads: 'en', showsFirst: '' } },
  'POST /:language/texts/:id/wish': { on: 'othersText' },
  'POST /:language/texts/:id/view': { on: 'othersText', sends: { view: 'original' } },
  'POST /:language/texts/:id/improve/:into': { on: 'othersText', sends: { ...IDEA, base: '0' } },
  'POST /:language/texts/:id/translations/:into/roll-back': { on: 'othersText', sends: { to: '0', base: '1' } },
  'POST /:language/texts/:id/translations/:into/anew': { on: 'othersText' },
  'POST /:language/texts/:id/language': { on: 'othersText', sends: { language: 'it' } },
  'POST /:language/texts/:id/report': { on: 'othersText', sends: { reason: 'offensive' } },
  'POST /api/callbacks/translation/:token': {},
  'POST /:language/spaces/:slug/ideas/new': { sends: IDEA },
  'POST /:language/ideas/:id/edit': { on: 'idea', sends: { ...IDEA, version: '2' } },
  'POST /:language/events/new': { sends: { ...EVENT, space: 'climate' } },
  'POST /:language/events/:id/edit': { on: 'event', sends: { ...EVENT, version: '1' } },
  'POST /:language/events/:id/register': { on: 'event' },
  'POST /:language/events/:id/unregister': { on: 'event' },
  'POST /:language/events/:id/official': { on: 'event', sends: { official: '1' } },
  'POST /:language/events/:id/report': { on: 'heldEvent', sends: { body: 'Treinta.', attendees: '30', version: '1' } },
  'POST /:language/subjects/:id/comments': { on: 'othersIdea', sends: { body: 'Me gusta.' } },
  'POST /:language/subjects/:id/endorsement': { on: 'othersIdea', sends: { supports: '1' } },
  'POST /:language/comments/:id/edit': { on: 'comment', sends: { body: 'Me gusta mucho.', version: '1' } },
  'POST /:language/comments/:id/withdraw': { on: 'comment' },
  'POST /:language/:plural/:id/hide': { on: 'othersIdea', sends: { reason: 'Porque sí.' } },
  'POST /:language/:plural/:id/restore': { on: 'othersIdea', sends: { reason: 'Porque no.' } },
  'POST /:language/moderation/:id/settle': { on: 'othersIdea', sends: { until: '2031-01-01T00:00:00Z' } },
  'POST /:language/glossary/new': { sends: TERM },
  'POST /:language/glossary/:id/remove': { on: 'term' },
  'POST /:language/admin/translation/engines/:name/pause': {},
  'POST /:language/admin/translation/engines/:name/resume': {},
  'POST /:language/admin/translation/retry': { sends: { kind: 'refused' } },
  'POST /:language/admin/translation/spaces/:slug': { sends: { external: 'yes' } },
  'POST /:language/admin/translation/backfill': { sends: { space: 'climate', language: 'fr' } },
  'POST /:language/admin/translation/backfills/:id/stop': { on: 'backfill' },
  'POST /api/v1/events/:id/cancellation': { on: 'event', sends: { reason: 'Llueve.' } },
  'POST /:language/events/:id/cancel': { on: 'secondEvent', sends: { reason: 'Llueve.' } },
  'POST /:language/ideas/:id/withdraw': { on: 'idea' },
  'DELETE /api/v1/ideas/:id': { on: 'secondIdea' },
  'POST /:language/welcome': { sends: { name: 'Newcomer', handle: 'newcomer' } },
  'POST /:language/sign-out': {},
};

let polyphony: TestPlatform;
let ada: Visitor;
let newcomer: Visitor;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine() });
  ada = await polyphony.signIn('Ada', { roles: ['moderator', 'organizer', 'secretariat', 'administrator'] });
  newcomer = polyphony.visitor();
  await newcomer.submit(`/en/sign-in/${await linkTo('newcomer')}`, {});
  await prepare(await polyphony.person('João', { language: 'pt' }));
});
afterAll(() => polyphony.stop());

const linkTo = (name: string) => createLink(polyphony.em(), { email: `${name}@example.org`, language: 'en' });

async function prepare(joao: ApiPerson): Promise<void> {
  const em = polyphony.em();
  const write = async (path: string, body: object) => JSON.parse((await ask(ada, `POST /api/v1${path}`, body)).text).id;
  for (const name of ['idea', 'secondIdea'] as const) things[name] = await write('/spaces/climate/ideas', IDEA);
  for (const name of ['event', 'secondEvent'] as const) things[name] = await write('/spaces/climate/events', EVENT);
  things.heldEvent = await write('/spaces/climate/events', HELD);
  const { body } = await joao.api('POST', '/spaces/climate/ideas', IDEA);
  Object.assign(things, { othersIdea: body.id, othersText: body.text.id });
  things.comment = await write(`/subjects/${body.id}/comments`, { body: 'Me gusta.' });
  await ask(ada, 'POST /en/glossary/new', TERM);
  await ask(ada, 'POST /en/admin/translation/backfill', { space: 'climate', language: 'fr' });
  const idIn = async (table: string) => (await row(em, sql<{ id: string }>`select id from ${sql.table(table)}`))?.id;
  Object.assign(things, { term: await idIn('glossary_term'), backfill: await idIn('backfill') });
  await rows(
    em,
    sql`insert into submission (token_hash, engine, source_language, target_language, texts, submitted_at, answered_at)
      values (${hashToken(CALLBACK)}, 'stub', 'es', 'pt', '[]', now(), now())`,
  );
}

/** From a page of ours, unless `headers` say otherwise; programs send JSON, pages their forms. */
function ask(visitor: Visitor, request: string, sends: object = {}, headers: object = OURS()): Promise<PageAnswer> {
  const [method = '', path = ''] = request.split(' ');
  const isProgram = path.startsWith('/api/v1');
  return visitor.send(path, {
    method,
    headers: { ...(isProgram ? { 'Content-Type': 'application/json' } : {}), ...headers },
    body: isProgram ? JSON.stringify(sends) : new URLSearchParams({ ...sends }),
  });
}

const OURS = () => ({ Origin: polyphony.url, 'Sec-Fetch-Site': 'same-origin' });

test('Every route that changes something is tried here', () => {
  const unsafe = routesOf(polyphony).filter(({ method }) => method !== 'GET');
  expect(Object.keys(ACTS).toSorted()).toEqual(unsafe.map(({ method, path }) => `${method} ${path}`).toSorted());
});

test.each(Object.entries(ACTS))(
  '%s refuses another site, and takes the same from our own page',
  async (route, { on, sends, headers = {} }) => {
    const visitor = route.endsWith('/welcome') ? newcomer : ada;
    const token = route.includes('/callbacks/') ? CALLBACK : await linkTo('ada');
    const values = { slug: 'climate', plural: 'ideas', into: 'pt', name: 'stub', id: on ? things[on] : 'x', token };
    const request = fill(route, { ...values, language: route.includes(' /api/') ? 'de' : 'en' });
    for (const from of FOREIGN) {
      const { status, text } = await ask(visitor, request, sends, { ...headers, ...from });
      expect(status, JSON.stringify(from)).toBe(403);
      // And not because the person may not: both look alike by their number.
      expect(text).toContain(route.includes(' /api/') ? '"code":"foreignOrigin"' : REFUSED);
    }
    await rows(polyphony.em(), sql`delete from rate`); // nobody does all this within a minute
    const { status, text } = await ask(visitor, request, sends, { ...headers, ...OURS() });
    expect(status, text).toBeLessThan(400);
  },
);
