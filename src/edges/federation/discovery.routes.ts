import Router from '@koa/router';
import { sql } from 'kysely';

import packageJson from '../../../package.json' with { type: 'json' };
import { row, type Em } from '../../platform/db/database.ts';
import type { State } from '../../platform/http/context.ts';
import { HttpError, notFound } from '../../platform/http/errors.ts';
import type { House } from '../../services/house/house.ts';
import { isPublic } from '../../services/subjects/subjects.ts';
import { AS2, readActorUri, serverUri, uriOf, type LocalActor } from './addresses.ts';
import { isKnownAbroad } from './local.reads.ts';

const SCHEMA = 'http://nodeinfo.diaspora.software/ns/schema/2.1';
const MINUTES_5 = 'public, max-age=300';

/** How other servers find actors by their handle (WebFinger, RFC 7033) and learn what we speak (NodeInfo 2.1, FEP-2677). */
export function discoveryRoutes({ settings: { publicUrl } }: House): Router<State> {
  const router = new Router<State>();
  const { host } = new URL(publicUrl);

  router.get('/.well-known/webfinger', async (ctx) => {
    const resource = ctx.query['resource'];
    if (typeof resource !== 'string' || resource === '') throw new HttpError(400, 'errors:malformed');
    const actor = await findActor(ctx.state.em, resource);
    if (!actor) throw notFound();
    const uri = uriOf(publicUrl, actor);
    ctx.set({ 'Access-Control-Allow-Origin': '*', 'Cache-Control': MINUTES_5 });
    ctx.type = 'application/jrd+json';
    ctx.body = {
      subject: `acct:${nameOf(actor)}@${host}`,
      aliases: [uri],
      links: [
        { rel: 'self', type: AS2, href: uri },
        { rel: 'http://webfinger.net/rel/profile-page', type: 'text/html', href: uri },
      ],
    };
  });

  router.get('/.well-known/nodeinfo', (ctx) => {
    ctx.set({ 'Access-Control-Allow-Origin': '*', 'Cache-Control': MINUTES_5 });
    ctx.body = {
      links: [
        { rel: SCHEMA, href: `${publicUrl}/nodeinfo/2.1` },
        { rel: 'https://www.w3.org/ns/activitystreams#Application', href: serverUri(publicUrl) },
      ],
    };
  });

  router.get('/nodeinfo/2.1', async (ctx) => {
    ctx.set({ 'Access-Control-Allow-Origin': '*', 'Cache-Control': MINUTES_5 });
    ctx.type = `application/json; profile="${SCHEMA}#"`;
    ctx.body = {
      version: '2.1',
      software: { name: packageJson.name, version: packageJson.version },
      protocols: ['activitypub'],
      services: { inbound: [], outbound: [] },
      openRegistrations: true,
      usage: await countUsage(ctx.state.em),
      metadata: {},
    };
  });

  return router;

  /** `acct:name@host` or an actor's address; people and spaces share one namespace. Who is not known elsewhere is not there. */
  async function findActor(em: Em, resource: string): Promise<LocalActor | null> {
    for (const actor of named(resource)) if (await isKnownAbroad(em, actor)) return actor;
    return null;
  }

  function named(resource: string): LocalActor[] {
    const byUri = readActorUri(publicUrl, resource);
    if (byUri) return [byUri];
    const [, name, at] = /^(?:acct:)?@?([a-z0-9-]{1,60})@(.+)$/i.exec(resource) ?? [];
    if (!name || at?.toLowerCase() !== host) return [];
    const small = name.toLowerCase();
    if (small === 'server' || small === 'translator') return [{ kind: small }];
    return [
      { kind: 'space', slug: small },
      { kind: 'person', handle: small },
    ];
  }
}

const nameOf = (actor: LocalActor): string => {
  if (actor.kind === 'space') return actor.slug;
  return actor.kind === 'person' ? actor.handle : actor.kind;
};

/** Numbers that everybody may know: people with an account, and what was written here. */
async function countUsage(em: Em) {
  const found = await row(
    em,
    sql<{ people: number; posts: number; comments: number }>`select
      (select count(*)::int from person where erased_at is null and email is not null) as people,
      count(*) filter (where s.kind = 'idea')::int as posts, count(*) filter (where s.kind = 'comment')::int as comments
      from subject s where ${isPublic} and s.origin_host is null`,
  );
  return { users: { total: found?.people ?? 0 }, localPosts: found?.posts ?? 0, localComments: found?.comments ?? 0 };
}
