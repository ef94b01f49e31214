import { sql } from 'kysely';
import type Koa from 'koa';
import { createSession } from 'koa-session';

import { rows, type Database, type Em } from '../../platform/db/database.ts';
import type { State } from '../../platform/http/context.ts';
import type { Person } from '../../platform/person.ts';
import { findSession } from './people.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';

/** Signed in on this device for a month without a visit. */
const DAYS = 30;

export const cookieName = (secure: boolean): string => (secure ? '__Host-polyphony' : 'polyphony');

/** Sessions in the database. The cookie holds 256 random bits and the table only their hash. */
export function sessions(app: Koa, database: Database, { secure }: { secure: boolean }) {
  return createSession(
    {
      key: cookieName(secure),
      maxAge: DAYS * 86_400_000,
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
      return found?.data;
    },
    async set(key: string, data: Record<string, unknown>) {
      const personId = typeof data['personId'] === 'string' ? data['personId'] : null;
      await rows(
        database.em(),
        sql`insert into session (id, person_id, data, expires_at)
            values (${hashToken(key)}, ${personId}, ${JSON.stringify(data)}::jsonb, now() + ${`${DAYS} days`}::interval)
            on conflict (id) do update set person_id = excluded.person_id, data = excluded.data, expires_at = excluded.expires_at`,
      );
    },
    async destroy(key: string) {
      await rows(database.em(), sql`delete from session where id = ${hashToken(key)}`);
    },
  };
}

/** Sessions, links and answers whose time has passed. */
export async function forgetExpired(database: Database): Promise<void> {
  const em = database.em();
  await rows(em, sql`delete from session where expires_at < now()`);
  await rows(em, sql`delete from sign_in_link where expires_at < now() - interval '1 day'`);
  await rows(em, sql`delete from idempotency where created_at < now() - interval '24 hours'`);
}

/** The person of a `Cookie` header, for sockets: they have no middleware. */
export async function findActorBySession(
  em: Em,
  cookie: string,
  { secure }: { secure: boolean },
): Promise<Person | null> {
  const name = cookieName(secure);
  const pair = cookie.split(/;\s*/).find((each) => each.startsWith(`${name}=`));
  if (!pair) return null;
  const found = await findSession(em, pair.slice(name.length + 1));
  return found?.person ?? null;
}
