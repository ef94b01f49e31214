import type Koa from 'koa';
import { createSession } from 'koa-session';

import type { Database, Em } from '../../platform/db/database.ts';
import { inSeconds, now, secondsAgo } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import type { Context, State } from '../../platform/http/context.ts';
import { findSession, seeSession } from './people.ts';
import { Session, SignInLink } from './person.entity.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';

/** Signed in on this device for a month without a visit. */
const DAYS = 30;
const DAY_SECONDS = 86_400;

export const cookieName = (secure: boolean): string => (secure ? '__Host-polyphony' : 'polyphony');

/** Sessions in the database. The cookie holds 256 random bits and the table only their hash. */
export function sessions(app: Koa, database: Database, { secure }: { secure: boolean }) {
  return createSession(
    {
      key: cookieName(secure),
      maxAge: DAYS * DAY_SECONDS * 1_000,
      renew: true,
      signed: false,
      httpOnly: true,
      secure,
      sameSite: 'lax',
      genid: newToken,
      store: storeIn(database),
    },
    app,
  );
}

function storeIn(database: Database) {
  return {
    /** Leaves the person in the state, for `actAs`. */
    async get(key: string, _maxAge: unknown, { ctx }: { ctx?: { state: Pick<State, 'person' | 'em'> } }) {
      const found = await findSession(ctx?.state.em ?? database.em(), key);
      if (ctx) ctx.state.person = found?.person ?? null;
      if (found?.isIdle) await seeSession(database.em(), key);
      return found?.data;
    },
    async set(key: string, data: Record<string, unknown>) {
      const personId = typeof data['personId'] === 'string' ? data['personId'] : null;
      const session = { personId, data, expiresAt: inSeconds(DAYS * DAY_SECONDS) };
      await tables(database.em(), Session)
        .insertInto('session')
        .values({ id: hashToken(key), ...session })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(session))
        .execute();
    },
    async destroy(key: string) {
      await tables(database.em(), Session).deleteFrom('session').where('id', '=', hashToken(key)).execute();
    },
  };
}

/** Sessions and links whose time has passed. */
export async function forgetExpired(em: Em): Promise<void> {
  await tables(em, Session).deleteFrom('session').where('expiresAt', '<', now).execute();
  await tables(em, SignInLink).deleteFrom('sign_in_link').where('expiresAt', '<', secondsAgo(DAY_SECONDS)).execute();
}

/** The key of the session in a `Cookie` header, for sockets: they have no middleware. */
export function sessionKeyOf(cookie: string, { secure }: { secure: boolean }): string | null {
  const name = cookieName(secure);
  const pair = cookie.split(/;\s*/).find((each) => each.startsWith(`${name}=`));
  return pair ? pair.slice(name.length + 1) : null;
}

/** A new session at every sign-in: one that was planted before is worth nothing after. */
export async function renewSession(ctx: Context, data: Record<string, string>): Promise<void> {
  ctx.session = data;
  await ctx.session?.regenerate?.();
}
