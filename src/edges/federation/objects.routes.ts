import Router from '@koa/router';
import { sql } from 'kysely';

import { row, type Em } from '../../platform/db/database.ts';
import type { Routed, State } from '../../platform/http/context.ts';
import { HttpError, notFound } from '../../platform/http/errors.ts';
import { isId } from '../../services/subjects/subjects.ts';
import { personActor, serverActor, spaceActor, translatorActor } from './actors.ts';
import { AS2, uriOf, type LocalActor } from './addresses.ts';
import {
  attendance,
  conversation,
  endorsers,
  followers,
  moderators,
  organizers,
  outbox,
  replies,
  type Page,
} from './collections.ts';
import { ACTORS } from './actor-paths.ts';
import type { Federation } from './federation.ts';
import { findPerson, findToldSpace, isKnownAbroad } from './local.reads.ts';
import type { Json } from './objects.ts';
import { document } from './sending.ts';
import { makeObject } from './telling.ts';
import { readTold } from './told.reads.ts';

const WANTS = /application\/(?:activity\+json|ld\+json)/i;
const MINUTE = 'public, max-age=60';

/** Whether a program of another server asks, not a browser. */
const wantsObject = (accept: string): boolean => WANTS.test(accept) && !/text\/html/i.test(accept);

/** What stands here as other servers read it, at the same addresses that lead a browser to its page. */
export function objectsRoutes(federation: Federation): Router<State> {
  const { publicUrl, house } = federation;
  const way = { federated: house.federated, publicUrl };
  const kinds = [...house.federated.keys()];
  const router = new Router<State>();

  router.get(
    '/o/:id',
    forPrograms(async (ctx) => {
      const id = idIn(ctx);
      const told = await find(ctx.state.em, id);
      if (told) return send(ctx, await makeObject(ctx.state.em, way, told));
      const gone = await findGone(ctx.state.em, id);
      if (!gone) throw notFound();
      send(ctx, { id: gone.uri, type: 'Tombstone', formerType: gone.type, deleted: gone.deletedAt.toISOString() }, 410);
    }),
  );

  for (const [name, read] of Object.entries({
    context: conversation,
    replies,
    likes: endorsers,
    attendees: attendance,
    organizers,
  }))
    router.get(`/o/:id/${name}`, async (ctx) => {
      const told = await find(ctx.state.em, idIn(ctx));
      if (!told) throw notFound();
      send(ctx, await read(ctx.state.em, { publicUrl, told, kinds }));
    });

  router.get('/a/:id', async (ctx) => {
    const found = await row(
      ctx.state.em,
      sql<{ body: Json }>`select body from sent_activity where id = ${idIn(ctx)} and is_listed`,
    );
    if (!found) throw notFound();
    send(ctx, found.body);
  });

  for (const [path, actorOf] of ACTORS) {
    router.get(
      path,
      forPrograms(async (ctx) => send(ctx, await showActor(ctx.state.em, actorOf(ctx)))),
    );
    router.get(`${path}/outbox`, async (ctx) => {
      const uri = await known(ctx.state.em, actorOf(ctx));
      send(ctx, await outbox(ctx.state.em, uri, pageOf(ctx.query['before'])));
    });
    router.get(`${path}/followers`, async (ctx) =>
      send(ctx, await followers(ctx.state.em, await known(ctx.state.em, actorOf(ctx)))),
    );
  }
  router.get('/s/:slug/moderators', async (ctx) => {
    const slug = ctx.params['slug'] ?? '';
    await known(ctx.state.em, { kind: 'space', slug });
    send(ctx, await moderators(ctx.state.em, publicUrl, slug));
  });
  router.get('/s/:slug/featured', async (ctx) => {
    const uri = await known(ctx.state.em, { kind: 'space', slug: ctx.params['slug'] ?? '' });
    send(ctx, { id: `${uri}/featured`, type: 'OrderedCollection', totalItems: 0, orderedItems: [] });
  });
  return router;

  async function find(em: Em, id: string) {
    return (await readTold(em, [id], kinds)).get(id) ?? null;
  }

  /** Its address, where other servers may know of it. Throws 404. */
  async function known(em: Em, actor: LocalActor): Promise<string> {
    if (!(await isKnownAbroad(em, actor))) throw notFound();
    return uriOf(publicUrl, actor);
  }

  async function showActor(em: Em, actor: LocalActor): Promise<Json> {
    const { id, publicPem } = await federation.keyOf(em, await known(em, actor));
    const sounds = { publicUrl, key: { id, pem: publicPem } };
    if (actor.kind === 'server') return serverActor(sounds);
    if (actor.kind === 'translator') return translatorActor(sounds);
    const space = actor.kind === 'space' ? await findToldSpace(em, actor.slug) : null;
    if (space) return spaceActor(space, sounds);
    const person = actor.kind === 'person' ? await findPerson(em, actor.handle) : null;
    if (!person) throw notFound();
    return personActor(person, sounds);
  }
}

/** Browsers go on to the page; that answers differ by what is asked for is said in both. */
const forPrograms =
  (answer: (ctx: Routed) => Promise<void>) =>
  (ctx: Routed, next: () => Promise<unknown>): Promise<unknown> => {
    ctx.vary('Accept');
    return wantsObject(ctx.get('Accept')) ? answer(ctx) : next();
  };

function idIn(ctx: Routed): string {
  const id = ctx.params['id'] ?? '';
  if (!isId(id)) throw notFound();
  return id;
}

function pageOf(before: unknown): Page {
  if (before === undefined) return { kind: 'all' };
  if (before === 'now') return { kind: 'part', before: null };
  if (typeof before !== 'string' || !isId(before)) throw new HttpError(400, 'errors:malformed');
  return { kind: 'part', before };
}

function send(ctx: Routed, body: Json, status = 200): void {
  ctx.status = status;
  ctx.set({ 'Access-Control-Allow-Origin': '*', 'Cache-Control': MINUTE });
  ctx.type = AS2;
  ctx.body = document(body);
}

const findGone = (em: Em, id: string) =>
  row(
    em,
    sql<{ uri: string; type: string; deletedAt: Date }>`select uri, type, deleted_at as "deletedAt" from told_subject
      where subject_id = ${id} and deleted_at is not null`,
  );
