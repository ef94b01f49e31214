import { sql } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';

/** A host and what it is a part of: `a.b.example` is a part of `b.example` and of `example`. A dot at its end changes nothing. */
function partsOf(host: string): string[] {
  const [, name = '', port] = /^(.*?)\.?(?::(\d+))?$/.exec(host) ?? [];
  const labels = name.split('.');
  const parents = labels.map((_label, index) => labels.slice(index).join('.'));
  return port === undefined ? parents : [`${name}:${port}`, ...parents];
}

/** Whether an administrator blocked a server, or what it is a part of. */
export async function isBlocked(em: Em, host: string): Promise<boolean> {
  const found = await row(
    em,
    sql`select 1 from neighbour where host = any(${partsOf(host)}::text[]) and state = 'blocked' limit 1`,
  );
  return found !== null;
}

/** That a server spoke to us; to the minute nobody needs it. */
export async function noteContact(em: Em, host: string): Promise<void> {
  await rows(
    em,
    sql`insert into neighbour (host, last_in_at) values (${host}, now()) on conflict (host) do update set last_in_at = now()
        where neighbour.last_in_at is null or neighbour.last_in_at < now() - interval '1 minute'`,
  );
}
