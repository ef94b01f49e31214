import { randomUUIDv7 } from 'node:crypto';

import { sql } from 'kysely';

import { row, rows, type Em } from '../../src/platform/db/database.ts';
import { hashToken } from '../../src/platform/tokens.ts';
import { createLink } from '../../src/services/people/sign-in.ts';
import type { PageAnswer, Visitor } from './browser-like.ts';
import type { ApiPerson, TestPlatform } from './polyphony.ts';
import { fill } from './routes.ts';

// Every route that changes something, with what is sent there: for tests that try all of them.

const IDEA = { title: 'Más trenes nocturnos', body: 'Los trenes nocturnos unen ciudades.', language: 'es' };
const HELD = {
  ...{ title: 'Asamblea', body: 'Hablamos de los trenes.', language: 'es', timeZone: 'Europe/Rome', mode: 'in-person' },
  ...{ startsAt: '2026-03-01T18:00', endsAt: '2026-03-01T20:00', address: 'Sala Borsa' },
};
const EVENT = { ...HELD, startsAt: '2031-10-04T18:00', endsAt: '2031-10-04T20:30' };
const TERM = { space: 'platform', from: 'en', to: 'es', source: 'sink', target: 'lavabo' };
const WORDING = { page: '/pl/ideas', words: 'Pomysla', better: 'Pomysły' };
const COMMENT = { body: 'Me gusta.' };
const FIRST_VERSION = { 'If-Match': '"1"' };
/** Another server, from which something was set aside. */
const AWAY = 'away.example';
const CALLBACK = 'a-token-that-nobody-guesses';

/** Ids of what the one has written, and of what another has. */
export type Things = Record<
  | 'idea'
  | 'secondIdea'
  | 'event'
  | 'secondEvent'
  | 'heldEvent'
  | 'comment'
  | 'othersIdea'
  | 'othersText'
  | 'othersHandle'
  | 'othersRole'
  | 'improvement'
  | 'term'
  | 'backfill'
  | 'wording',
  string
>;

export interface UnsafeAct {
  /** Whose id stands in the address. */
  on?: keyof Things;
  /** Fields of the form, or what a program sends. */
  sends?: object;
  headers?: Record<string, string>;
}

/**
 * Every route that changes something, and what is done there; in an order in which somebody who may do everything can do all of it. A route
 * without a line here fails a test.
 */
export const ACTS: Record<string, UnsafeAct> = {
  'POST /api/v1/spaces/:slug/ideas': { sends: IDEA },
  'PATCH /api/v1/ideas/:id': { on: 'idea', sends: { body: 'Y los diurnos.' }, headers: FIRST_VERSION },
  'POST /api/v1/spaces/:slug/events': { sends: EVENT },
  'PATCH /api/v1/events/:id': { on: 'event', sends: { capacity: 30 }, headers: FIRST_VERSION },
  'PUT /api/v1/events/:id/official': { on: 'event' },
  'DELETE /api/v1/events/:id/official': { on: 'event' },
  'PUT /api/v1/events/:id/registration': { on: 'event' },
  'DELETE /api/v1/events/:id/registration': { on: 'event' },
  'POST /:language/secretariat/reports/:id/ask': { on: 'heldEvent' },
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
  'POST /:language/abroad': { sends: { federated: '1', to: '/en' } },
  'POST /:language/me/texts': { sends: { texts: 'de', to: '/en' } },
  'POST /:language/texts/:id/wish': { on: 'othersText' },
  'POST /:language/texts/:id/view': { on: 'othersText', sends: { view: 'original' } },
  'POST /:language/texts/:id/improve/:into': { on: 'othersText', sends: { ...IDEA, base: '0' } },
  'POST /:language/texts/:id/translations/:into/roll-back': { on: 'othersText', sends: { to: '0', base: '1' } },
  'POST /:language/texts/:id/translations/:into/erase': { on: 'othersText', sends: { to: '1' } },
  'POST /:language/texts/:id/translations/:into/anew': { on: 'othersText' },
  'POST /:language/texts/:id/language': { on: 'othersText', sends: { language: 'it' } },
  'POST /:language/texts/:id/report': { on: 'othersText', sends: { reason: 'offensive' } },
  'POST /api/callbacks/translation/:token': {},
  'POST /:language/spaces/:slug/ideas/new': { sends: IDEA },
  'POST /:language/ideas/new': { sends: { ...IDEA, space: 'climate' } },
  'POST /:language/ideas/:id/move': { on: 'idea', sends: { space: 'health' } },
  'PUT /api/v1/ideas/:id/space': { on: 'idea', sends: { space: 'climate' } },
  'POST /:language/ideas/:id/edit': { on: 'idea', sends: { ...IDEA, version: '2' } },
  'POST /:language/events/new': { sends: { ...EVENT, space: 'climate' } },
  'POST /:language/events/:id/edit': { on: 'event', sends: { ...EVENT, version: '2' } },
  'POST /:language/events/:id/register': { on: 'event' },
  'POST /:language/events/:id/unregister': { on: 'event' },
  'POST /:language/organize/events/:id/message': { on: 'event', sends: { message: 'Hasta pronto.', action: 'send' } },
  'POST /:language/events/:id/official': { on: 'event', sends: { official: '1' } },
  'POST /:language/events/:id/report': { on: 'heldEvent', sends: { body: 'Treinta.', attendees: '30', version: '1' } },
  'POST /:language/subjects/:id/comments': { on: 'othersIdea', sends: { body: 'Me gusta.' } },
  'POST /:language/subjects/:id/endorsement': { on: 'othersIdea', sends: { supports: '1' } },
  'POST /:language/comments/:id/edit': { on: 'comment', sends: { body: 'Me gusta mucho.', version: '1' } },
  'POST /:language/comments/:id/withdraw': { on: 'comment' },
  'POST /:language/:plural/:id/hide': { on: 'othersIdea', sends: { reason: 'Porque sí.' } },
  'POST /:language/:plural/:id/restore': { on: 'othersIdea', sends: { reason: 'Porque no.' } },
  'POST /:language/moderation/:id/settle': { on: 'othersIdea', sends: { until: '2031-01-01T00:00:00Z' } },
  'POST /:language/moderation/translations/:id/looked': { on: 'improvement' },
  'POST /:language/glossary/new': { sends: TERM },
  'POST /:language/glossary/:id/remove': { on: 'term' },
  'POST /:language/admin/translation/engines/:name/pause': {},
  'POST /:language/admin/translation/engines/:name/resume': {},
  'POST /:language/admin/translation/retry': { sends: { kind: 'refused' } },
  'POST /:language/admin/translation/spaces/:slug': { sends: { external: 'yes' } },
  'POST /:language/admin/translation/backfill': { sends: { space: 'climate', language: 'fr' } },
  'POST /:language/admin/translation/backfills/:id/stop': { on: 'backfill' },
  'POST /:language/secretariat/pages/:name': { sends: { body: 'Help', language: 'en', version: '0' } },
  'POST /:language/wording': { sends: WORDING },
  'POST /:language/secretariat/wording/:id/done': { on: 'wording' },
  'POST /:language/admin/people/:handle/roles': { sends: { role: 'moderator', space: '' } },
  'POST /:language/admin/people/:handle/roles/:role/take': {},
  'POST /:language/admin/people/:handle/block': {},
  'POST /:language/admin/people/:handle/unblock': {},
  'POST /:language/admin/federation/retry': { sends: { host: AWAY } },
  'POST /:language/admin/federation/set-aside/dismiss': { sends: { uri: `https://${AWAY}/1` } },
  'POST /:language/admin/federation/block': { sends: { host: AWAY } },
  'POST /:language/admin/federation/unblock': { sends: { host: AWAY } },
  'POST /api/v1/events/:id/cancellation': { on: 'event', sends: { reason: 'Llueve.' } },
  'POST /:language/events/:id/cancel': { on: 'secondEvent', sends: { reason: 'Llueve.' } },
  'POST /:language/ideas/:id/withdraw': { on: 'idea' },
  'DELETE /api/v1/ideas/:id': { on: 'secondIdea' },
  'POST /:language/welcome': { sends: { name: 'Newcomer', handle: 'newcomer' } },
  'POST /:language/sign-out': {},
};

/** The page of a route, about the thing it is about, with these values in the places of other parameters. */
export function pageOf(route: string, things: Things, values: Record<string, string>): string {
  const id = Object.entries(ABOUT).find(([part]) => route.includes(part))?.[1];
  const all = { slug: 'climate', plural: 'ideas', into: 'pt', week: '2026-W10', id: things[id ?? 'idea'], ...values };
  return fill(route, all);
}

const ABOUT: Record<string, keyof Things> = {
  '/organize/events/:id': 'event',
  '/events/:id/report': 'heldEvent',
  '/events/:id': 'event',
  '/reports/:id': 'idea',
  '/comments/:id': 'comment',
  '/texts/:id': 'othersText',
  '/glossary/:id': 'term',
};

interface People {
  /** Who may do everything. */
  writer: Visitor;
  other: ApiPerson;
}

/** What `writer` writes, and where. */
const WRITTEN = {
  idea: { path: '/spaces/climate/ideas', sends: IDEA },
  secondIdea: { path: '/spaces/climate/ideas', sends: IDEA },
  event: { path: '/spaces/climate/events', sends: EVENT },
  secondEvent: { path: '/spaces/climate/events', sends: EVENT },
  heldEvent: { path: '/spaces/climate/events', sends: HELD },
} as const;

async function write(polyphony: TestPlatform, writer: Visitor, path: string, sends: object): Promise<string> {
  return JSON.parse((await ask(polyphony, writer, `POST /api/v1${path}`, { sends })).text).id;
}

/** The same things, but a new one in the place of this one; null when it is no contribution: then all have to be prepared. */
export async function renew(
  polyphony: TestPlatform,
  { writer, other }: People,
  things: Things,
  name: keyof Things,
): Promise<Things | null> {
  if (name === 'othersIdea' || name === 'othersText') {
    const { body } = await other.api('POST', '/spaces/climate/ideas', IDEA);
    return { ...things, othersIdea: body.id, othersText: body.text.id };
  }
  if (name === 'comment')
    return { ...things, comment: await write(polyphony, writer, `/subjects/${things.othersIdea}/comments`, COMMENT) };
  const written = Object.entries(WRITTEN).find(([each]) => each === name)?.[1];
  return written ? { ...things, [name]: await write(polyphony, writer, written.path, written.sends) } : null;
}

/** Something of each kind: of `writer`, who may do everything, and of another. */
export async function prepare(polyphony: TestPlatform, writer: Visitor, other: ApiPerson): Promise<Things> {
  const em = polyphony.em();
  const { body } = await other.api('POST', '/spaces/climate/ideas', IDEA);
  const written = { idea: '', secondIdea: '', event: '', secondEvent: '', heldEvent: '' };
  for (const name of Object.keys(WRITTEN) as (keyof typeof WRITTEN)[])
    written[name] = await write(polyphony, writer, WRITTEN[name].path, WRITTEN[name].sends);
  const things = {
    ...written,
    comment: await write(polyphony, writer, `/subjects/${body.id}/comments`, COMMENT),
    ...{ othersIdea: body.id, othersText: body.text.id, othersHandle: body.author.handle },
    othersRole: randomUUIDv7(),
  };
  await rows(em, sql`insert into role (id, person_id, name) values (${things.othersRole}, ${other.id}, 'organizer')`);
  await ask(polyphony, writer, 'POST /en/glossary/new', { sends: TERM });
  await ask(polyphony, writer, 'POST /en/wording', { sends: WORDING });
  await ask(polyphony, writer, 'POST /en/admin/translation/backfill', {
    sends: { space: 'climate', language: 'fr' },
  });
  const idIn = async (table: string) =>
    (await row(em, sql<{ id: string }>`select id from ${sql.table(table)} order by id desc limit 1`))?.id ?? '';
  await rows(
    em,
    sql`insert into submission (token_hash, engine, source_language, target_language, texts, submitted_at, answered_at)
      values (${hashToken(CALLBACK)}, 'stub', 'es', 'pt', '[]', now(), now()) on conflict do nothing`,
  );
  await meetServer(em);
  const improved = `/texts/${body.text.id}/translations/fr`;
  await ask(polyphony, writer, `PUT /api/v1${improved}`, { sends: IDEA });
  return {
    ...things,
    improvement: await idIn('translation_revision'),
    term: await idIn('glossary_term'),
    backfill: await idIn('backfill'),
    wording: await idIn('wording_report'),
  };
}

/** Another server that is away, after it sent something that nobody understood. */
export async function meetServer(em: Em): Promise<void> {
  await rows(
    em,
    sql`insert into neighbour (host, failures, last_failure, next_try_at) values (${AWAY}, 1, 'HTTP 503', now() + interval '1 hour')
      on conflict (host) do update set state = 'known'`,
  );
  await rows(
    em,
    sql`insert into received_activity (uri, actor, host, type, state, reason, body)
      values (${`https://${AWAY}/1`}, ${`https://${AWAY}/ann`}, ${AWAY}, 'Arrive', 'set aside', 'nothing is known of Arrive', '{}')
      on conflict (uri) do update set state = 'set aside', body = excluded.body`,
  );
}

/** The request of a route, on these things. */
export async function requestOf(polyphony: TestPlatform, route: string, things: Things): Promise<string> {
  const { on } = ACTS[route] ?? {};
  const link = () => createLink(polyphony.em(), { email: 'ada@example.org', language: 'en' });
  const token = route.includes('/callbacks/') ? CALLBACK : await link();
  const values = {
    slug: 'climate',
    plural: 'ideas',
    into: 'pt',
    name: route.includes('/pages/') ? 'help' : 'stub',
    handle: things.othersHandle,
    role: things.othersRole,
    id: on ? things[on] : 'x',
    token,
  };
  return fill(route, { ...values, language: route.includes(' /api/') ? 'de' : 'en' });
}

/** From a page of ours, unless `headers` say otherwise; programs send JSON, pages their forms. */
export function ask(
  polyphony: TestPlatform,
  visitor: Visitor,
  request: string,
  { sends = {}, headers = ours(polyphony) }: { sends?: object; headers?: object } = {},
): Promise<PageAnswer> {
  const [method = '', path = ''] = request.split(' ');
  const isProgram = path.startsWith('/api/v1');
  return visitor.send(path, {
    method,
    headers: { ...(isProgram ? { 'Content-Type': 'application/json' } : {}), ...headers },
    body: method === 'GET' ? null : isProgram ? JSON.stringify(sends) : new URLSearchParams({ ...sends }),
  });
}

export const ours = ({ url }: TestPlatform) => ({ Origin: url, 'Sec-Fetch-Site': 'same-origin' });
