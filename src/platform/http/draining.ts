import { createServer, type Server } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';

import type Koa from 'koa';

import type { Pace } from '../pace.ts';

/** A client that sends its request slower than this keeps a socket from others. */
const REQUEST_MILLISECONDS = 20_000;
/** Longer than a proxy keeps a connection for the next request (nginx: 60 s): who closes first must not be us, or that request is lost. */
const KEEP_ALIVE_MILLISECONDS = 65_000;
/** With callers that never stop coming, it stops all the same. */
const LONGEST_DRAIN_MILLISECONDS = 1_500;

/** A server that ends well. */
export interface DrainingServer {
  server: Server;
  /** From now on asks for no further request on a connection. Resolves when nobody has come for a while. */
  drain(): Promise<void>;
}

export function createDrainingServer(
  answer: ReturnType<Koa['callback']>,
  { silentMilliseconds, drainMilliseconds }: Pick<Pace, 'silentMilliseconds' | 'drainMilliseconds'>,
): DrainingServer {
  const limits = {
    requestTimeout: REQUEST_MILLISECONDS,
    headersTimeout: REQUEST_MILLISECONDS,
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
  };
  let isDraining = false;
  let arrivals = 0;
  const server = createServer(limits, (request, response) => {
    arrivals++;
    if (isDraining) response.setHeader('Connection', 'close');
    void answer(request, response);
  });
  server.on('connection', () => arrivals++);
  server.setTimeout(silentMilliseconds);
  return {
    server,
    async drain() {
      isDraining = true;
      const end = Date.now() + LONGEST_DRAIN_MILLISECONDS;
      for (let before = -1; before !== arrivals && Date.now() < end;) {
        before = arrivals;
        await setTimeout(drainMilliseconds);
        // A busy process hears its timer before those who already stand at the door: they come in now.
        await setImmediate();
      }
    },
  };
}
