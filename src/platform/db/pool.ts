import { Socket } from 'node:net';

import type { PostgresPool } from 'kysely';
import { Pool } from 'pg';
import type { Logger } from 'pino';

import { within } from '../pauses.ts';
import type { Settings } from '../settings.ts';
import { patienceMilliseconds, STATEMENT_SECONDS } from './deadline.ts';
import { prepared } from './prepared.ts';
import { startPulse } from './pulse.ts';
import { valuesOfPool } from './values.ts';

/** An idle transaction over this limit is ended by the server: one open write delays every reader of activity. */
const IDLE_SECONDS = 10;
const CONNECT_MILLISECONDS = 4_000;
/** A firewall that forgets silent connections is found out before the next question. */
const KEEP_ALIVE_MILLISECONDS = 10_000;
/** A server that is there takes a goodbye at once. */
const GOODBYE_MILLISECONDS = 1_000;

/** Two cores of PostgreSQL are busy with ten; more only queue there instead of here. */
const POOL = 10;

export interface Reached {
  url: string;
  databasePool?: Settings['databasePool'];
  databaseVia?: Settings['databaseVia'];
  log: Logger | null;
}

/** What each connection is told as it opens. Compiling a statement takes PostgreSQL longer than counting a week does, and its idea of a disk that has to turn keeps it from its indexes. */
const OPTIONS = `-c timezone=UTC -c jit=off -c random_page_cost=1.1 -c statement_timeout=${STATEMENT_SECONDS}s -c idle_in_transaction_session_timeout=${IDLE_SECONDS}s`;

/** The connections of this process to PostgreSQL. */
export interface Connections {
  /** What pg-boss talks through. */
  pool: Pool;
  /** What everything else talks through: refuses at once while the database does not answer. */
  lent: PostgresPool;
  /** After the pool was ended, or would not end. */
  close(end: () => Promise<void>): Promise<void>;
}

/** The code is PostgreSQL's for a connection that failed. */
class DatabaseAway extends Error {
  readonly code = '08006';
}

export function openConnections({ url, log, databasePool = POOL, databaseVia = 'direct' }: Reached): Connections {
  const isDirect = databaseVia === 'direct';
  const sockets = new Set<Socket>();
  const dropAll = () => sockets.forEach((socket) => socket.destroy());
  const reached = { connectionString: url, keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_MILLISECONDS };
  const pool = new Pool({
    ...reached,
    max: databasePool,
    types: valuesOfPool,
    // PgBouncer refuses them: there they stand in its own settings, see README.
    ...(isDirect ? { options: OPTIONS } : {}),
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    query_timeout: patienceMilliseconds(),
    stream: () => kept(sockets),
  });
  // A connection dropped by the server is replaced by the pool, and its query fails. Without a listener it would end the process:
  // the pool's is there while it is idle, the connection's own also while it is lent to a transaction between two queries.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const pulse = startPulse(reached, { onAway: dropAll, log });
  const lent = prepared(pool, { named: isDirect });
  return {
    pool,
    lent: {
      ...lent,
      connect: async () => {
        if (pulse.isAway()) throw new DatabaseAway('the database does not answer');
        return lent.connect();
      },
    },
    async close(end) {
      await pulse.close();
      const ended = end();
      await within(GOODBYE_MILLISECONDS, ended, null);
      dropAll();
      await ended;
    },
  };
}

/** A new socket, in the set while it is open. */
function kept(sockets: Set<Socket>): Socket {
  const socket = new Socket();
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
  return socket;
}
