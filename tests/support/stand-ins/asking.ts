import { createServer } from 'node:http';

import type { Delivery, Engine, EngineRequest, EngineText } from '#translation/engines/engine.ts';

/** Longer than a stand-in on a busy machine takes. */
const PATIENCE_MILLISECONDS = 5_000;

/** Asks an engine, whether it answers at once or by callback. */
export async function ask(engine: Engine, request: EngineRequest): Promise<EngineText[]> {
  if (!engine.callbacks) return engine.translate(request);
  await using listener = await listen();
  await engine.callbacks.submit({ ...request, callbackUrl: listener.url });
  return engine.callbacks.receive(await listener.next(), request.texts);
}

export interface Listener extends AsyncDisposable {
  /** With a token, as the platform's own. */
  url: string;
  /** The next delivery; waits for it. */
  next(): Promise<Delivery>;
}

/** Somebody whom an asynchronous service can call back. */
export async function listen(): Promise<Listener> {
  const deliveries: Delivery[] = [];
  const waiting: ((delivery: Delivery) => void)[] = [];
  const server = createServer((request, response) => {
    void request.toArray().then((chunks: Buffer[]) => {
      const { searchParams: query } = new URL(request.url ?? '/', 'http://listener');
      const contentType = request.headers['content-type'] ?? '';
      const delivery = { query, contentType, body: Buffer.concat(chunks).toString('utf8') };
      const next = waiting.shift();
      if (next) next(delivery);
      else deliveries.push(delivery);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/callback?token=${crypto.randomUUID()}`,
    next: () =>
      new Promise((resolve, reject) => {
        const first = deliveries.shift();
        if (first) return resolve(first);
        const timer = setTimeout(() => reject(new Error('Nobody called back.')), PATIENCE_MILLISECONDS);
        waiting.push((delivery) => {
          clearTimeout(timer);
          resolve(delivery);
        });
      }),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
