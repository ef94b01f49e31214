import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

/** A PostgreSQL server for the tests, or undefined: then they run on the embedded database. */
export const serverUrl = process.env['TEST_DATABASE_URL'];

/** A new database on a server, a copy of another one when `template` names it. */
export async function createDatabase(
  server: string,
  { prefix, template }: { prefix: string; template?: string },
): Promise<{ name: string; url: string; drop(): Promise<void> }> {
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name}${template ? ` template ${template}` : ''}`);
  return {
    name,
    url: urlOf(server, name),
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  };
}

/** One statement on the server's own database. */
export async function onServer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
