import { Client, type ClientConfig } from 'pg';
import type { Logger } from 'pino';

import { startLoop } from '../pauses.ts';

/** The server answers such a question in a millisecond. */
const ANSWER_MILLISECONDS = 1_200;
const LOOK_MILLISECONDS = 1_000;
const AWAY_MILLISECONDS = 250;
/** One question may meet a process that was busy itself, or a connection that was cut; the next one has a new connection. */
const SILENCES = 2;
/** The server says that it goes down or comes up. All else that it says is an answer. */
const GOES_DOWN = /^57P0[123]/;

/** Knows whether the database answers at all: a machine that hangs, or a network that swallows everything, breaks no connection. */
export interface Pulse {
  isAway(): boolean;
  close(): Promise<void>;
}

/** Asks on a connection of its own, again and again. `onAway` is called at each question that nobody answered, from the second on. */
export function startPulse(config: ClientConfig, { onAway, log }: { onAway(): void; log: Logger | null }): Pulse {
  let client: Client | null = null;
  let silences = 0;

  const loop = startLoop(async () => {
    try {
      client ??= await connect(config);
      await client.query('select 1');
      heard();
    } catch (error) {
      const lost = client;
      client = null;
      void lost?.end();
      if (isAnswer(error)) heard();
      else missed(error);
    }
    return { most: silences === 0 ? LOOK_MILLISECONDS : silences < SILENCES ? 0 : AWAY_MILLISECONDS };
  });

  function heard(): void {
    if (silences >= SILENCES) log?.warn('the database answers again');
    silences = 0;
  }

  function missed(error: unknown): void {
    silences++;
    if (silences === SILENCES) log?.error({ error }, 'the database does not answer: its connections are given up');
    if (silences >= SILENCES) onAway();
  }

  return {
    isAway: () => silences >= SILENCES,
    async close() {
      const closing = loop.close();
      void client?.end();
      await closing;
    },
  };
}

async function connect(config: ClientConfig): Promise<Client> {
  const client = new Client({
    ...config,
    connectionTimeoutMillis: ANSWER_MILLISECONDS,
    query_timeout: ANSWER_MILLISECONDS,
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}

function isAnswer(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E') && !GOES_DOWN.test(code);
}
