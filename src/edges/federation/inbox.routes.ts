import type { IncomingMessage } from 'node:http';

import Router from '@koa/router';

import { transaction } from '../../platform/db/guard.ts';
import type { Routed, State } from '../../platform/http/context.ts';
import { forbidden, HttpError, notFound } from '../../platform/http/errors.ts';
import { disguise, spend } from '../../platform/http/rate.ts';
import { hostOf, isSameHost, readActorUri } from './addresses.ts';
import { MOST_BYTES } from './client.ts';
import { ACTORS } from './actor-paths.ts';
import type { Federation } from './federation.ts';
import { receive } from './inbound.ts';
import { leaveForGood } from './inbound.words.ts';
import { isKnownAbroad } from './local.reads.ts';
import { isBlocked } from './neighbours.ts';
import type { Remote } from './remote.ts';
import { activitySchema, idOf, isUnfit, type Activity } from './wire.ts';

/** What one server may say in a minute; more waits there, as every server has it. */
const A_MINUTE = 3_000;

/** Where other servers write to: 202 once it is stored, exactly once an activity. */
export function inboxRoutes(federation: Federation): Router<State> {
  const router = new Router<State>();
  const take = async (ctx: Routed) => {
    const body = await readAll(ctx.req);
    const activity = parse(body);
    const { em } = ctx.state;
    await admitServer(ctx, federation.house.settings.secret, activity);
    const actor = await findSigner(ctx, federation, { activity, body });
    if (actor) {
      await spend(em, [{ bucket: `inbox:${actor.host}`, max: A_MINUTE, seconds: 60 }]);
      await receive(em, { federation, activity, actor });
    } else if (await isFarewell(federation, ctx, activity)) {
      await transaction(em, (inner) => leaveForGood(inner, activity.actor));
    } else throw new HttpError(401, 'errors:signature');
    ctx.status = 202;
  };
  router.post('/inbox', take);
  for (const [path, actorOf] of ACTORS)
    router.post(`${path}/inbox`, async (ctx) => {
      if (!(await isKnownAbroad(ctx.state.em, actorOf(ctx)))) throw notFound();
      return take(ctx);
    });
  return router;
}

/** Blocked servers are refused before anything is looked up for them. Whoever says that they are of another one has a limit by their own address. */
async function admitServer({ state: { em }, ip }: Routed, secret: string, { id, actor }: Activity): Promise<void> {
  const host = hostOf(actor) ?? '';
  if (!isSameHost(id, actor)) throw new HttpError(401, 'errors:signature');
  if (await isBlocked(em, host)) throw forbidden();
  await spend(em, [{ bucket: `inbox-from:${disguise(ip, secret)}`, max: A_MINUTE, seconds: 60 }]);
}

/** The actor, where they signed it. */
async function findSigner(
  ctx: Routed,
  federation: Federation,
  { activity, body }: { activity: Activity; body: string },
): Promise<Remote | null> {
  const { type, actor, object } = activity;
  const request = asRequest(ctx, federation.publicUrl, body);
  if (!(await federation.isSignedBy(actor, request).catch(() => false))) return null;
  const isChanged = type === 'Update' && idOf(object) === actor;
  return federation.actor(ctx.state.em, actor, { isChanged }).catch(() => null);
}

/** Who left cannot be asked for a key any more: that their own server says so is enough (as Mastodon has it). */
async function isFarewell(federation: Federation, ctx: Routed, { type, actor, object }: Activity): Promise<boolean> {
  if (type !== 'Delete' || object !== actor || readActorUri(federation.publicUrl, actor)) return false;
  return (await federation.fetch(ctx.state.em, actor).catch(() => undefined)) === null;
}

async function readAll(request: IncomingMessage): Promise<string> {
  const tooLarge = () => new HttpError(413, 'errors:tooLarge', { headers: { Connection: 'close' } });
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) throw tooLarge();
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parse(body: string): Activity {
  const malformed = () => new HttpError(400, 'errors:malformed');
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw malformed();
  }
  if (isUnfit(value)) throw malformed();
  const { success, data } = activitySchema.safeParse(value);
  if (!success) throw malformed();
  return data;
}

/** As it was signed: with our address, whatever a proxy or the sender calls us. */
function asRequest(ctx: Routed, publicUrl: string, body: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(ctx.headers)) if (value !== undefined) headers.set(name, String(value));
  const { host } = new URL(publicUrl);
  headers.set('Host', host);
  return new Request(`${publicUrl}${ctx.path}${ctx.search}`, { method: 'POST', headers, body });
}
