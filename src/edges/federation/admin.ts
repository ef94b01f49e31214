import { isIP } from 'node:net';

import { sql } from 'kysely';
import { z } from 'zod';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { notFound } from '../../platform/http/errors.ts';
import { parse, writtenText } from '../../platform/input.ts';
import type { Person } from '../../platform/person.ts';
import { admit } from '../../services/subjects/gate.ts';
import type { Federation } from './federation.ts';
import { federationActs } from './federation.policy.ts';
import { isWithin } from './neighbours.ts';

/** Room for a long address that somebody pastes. */
const TYPED_CHARACTERS = 500;
/** A name with a dot in it, as the internet has them; `localhost` in a trial. */
const NAME = /^(?=.{1,253}$)(?:localhost|(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9])$/;

/** The server that was typed, as neighbours are told apart. Throws 422 where it is none, or this one. */
export function readServer(fields: Record<string, string>, publicUrl: string): string {
  const { host: own } = new URL(publicUrl);
  const input = z.object({
    host: writtenText({ max: TYPED_CHARACTERS, required: 'host' })
      .transform(readHost)
      .pipe(z.string({ error: 'host' }).refine((host) => host !== own, { error: 'ownHost' })),
  });
  return parse(input, fields).host;
}

/** The host in a name, an address or a handle; null where there is none. */
function readHost(typed: string): string | null {
  const name = typed.replace(/^@?[^@/]+@(?=[^@/]+$)/, '');
  const url = URL.parse(/^https?:\/\//i.test(name) ? name : `https://${name}`);
  if (!url) return null;
  const hostname = url.hostname.replace(/\.$/, '');
  const isHost = NAME.test(hostname) || isIP(hostname.replaceAll(/[[\]]/g, '')) > 0;
  return isHost ? `${hostname}${url.port && `:${url.port}`}` : null;
}

/** Takes nothing from a server and what is a part of it any more, tells it nothing, and forgets the people there. */
export async function blockServer(em: Em, person: Person | null, host: string): Promise<void> {
  await admit(em, person, { act: federationActs.block });
  await transaction(em, async (inner) => {
    await rows(
      inner,
      sql`insert into neighbour (host, state) values (${host}, 'blocked') on conflict (host) do update
          set state = 'blocked', failures = 0, next_try_at = null, last_failure = null`,
    );
    await rows(inner, sql`delete from delivery where ${isWithin(host)}`);
    await rows(inner, sql`delete from remote_actor where ${isWithin(host)}`); // and with them whom they follow
    await rows(
      inner,
      sql`update received_activity set state = 'ignored', body = null where state = 'set aside' and ${isWithin(host)}`,
    );
  });
}

/** Hears a server again. People there have to follow anew. Throws 404 where it is not blocked. */
export async function unblockServer(em: Em, person: Person | null, host: string): Promise<void> {
  await admit(em, person, { act: federationActs.block });
  const changed = await row(
    em,
    sql`update neighbour set state = 'known' where host = ${host} and state = 'blocked' returning 1`,
  );
  if (!changed) throw notFound();
}

/** Ends the pause of a server that was away. Throws 404 for one that is not known, or blocked. */
export async function tryServerAgain(
  em: Em,
  { bell }: Federation,
  { person, host }: { person: Person | null; host: string },
): Promise<void> {
  await admit(em, person, { act: federationActs.tryAgain });
  const changed = await row(
    em,
    sql`update neighbour set next_try_at = null where host = ${host} and state <> 'blocked' returning 1`,
  );
  if (!changed) throw notFound();
  bell.forEach((ring) => ring());
}

/** Takes an activity off the list of those that were set aside; it stays known, so that it is not taken a second time. Throws 404. */
export async function dismissActivity(em: Em, person: Person | null, uri: string): Promise<void> {
  await admit(em, person, { act: federationActs.dismiss });
  const changed = await row(
    em,
    sql`update received_activity set state = 'ignored', body = null where uri = ${uri} and state = 'set aside' returning 1`,
  );
  if (!changed) throw notFound();
}
