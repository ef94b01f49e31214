import { sql, type RawBuilder } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';

/** A host and what it is a part of: `a.b.example` is a part of `b.example` and of `example`. A dot at its end changes nothing. */
export function partsOf(host: string): string[] {
  const [, name = '', port] = /^(.*?)\.?(?::(\d+))?$/.exec(host) ?? [];
  const labels = name.split('.');
  const parents = labels.map((_label, index) => labels.slice(index).join('.'));
  return port === undefined ? parents : [`${name}:${port}`, ...parents];
}

/** The other way round: the server in the column `host` is this one, or a part of it. */
export function isWithin(host: string): RawBuilder<boolean> {
  const name = sql`rtrim(split_part(host, ':', 1), '.')`;
  return sql`(host = ${host} or ${name} = ${host} or right(${name}, ${host.length + 1}::int) = ${`.${host}`})`;
}

/** Whether an administrator blocked a server, or what it is a part of. */
export async function isBlocked(em: Em, host: string): Promise<boolean> {
  return (await blockedAmong(em, partsOf(host))).size > 0;
}

/** Those of these hosts that an administrator blocked. */
export async function blockedAmong(em: Em, hosts: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await rows(
    em,
    sql<{ host: string }>`select host from neighbour where host = any(${[...hosts]}::text[]) and state = 'blocked'`,
  );
  return new Set(found.map(({ host }) => host));
}

/** That a server spoke to us; to the minute nobody needs it. */
export async function noteContact(em: Em, host: string): Promise<void> {
  await rows(
    em,
    sql`insert into neighbour (host, last_in_at) values (${host}, now()) on conflict (host) do update set last_in_at = now()
        where neighbour.last_in_at is null or neighbour.last_in_at < now() - interval '1 minute'`,
  );
}
