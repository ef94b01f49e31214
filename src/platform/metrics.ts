import { createServer, type ServerResponse } from 'node:http';

import { sql } from 'kysely';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

import { row, type Em } from './db/database.ts';
import type { Platform } from './platform.ts';

/** A scraper that reads slower than this has gone. */
const REQUEST_MILLISECONDS = 10_000;

/** What a feature tells: `read` is called at each look, before the figures are written. */
export interface Metrics {
  register(registry: Registry): { read(em: Em): Promise<void> };
}

/** Open while the metrics are served. */
export interface OpenMetrics {
  port: number;
  close(): Promise<void>;
}

/**
 * `GET /metrics` for Prometheus, on a port and an address of its own: nothing of it is on the public one. Figures are read from the
 * tables at each look, so that every process tells the same. Null when no port is set. Throws when the port is taken.
 */
export async function startMetrics(platform: Platform, features: readonly Metrics[]): Promise<OpenMetrics | null> {
  const { settings, log } = platform;
  if (settings.metricsPort === null) return null;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const parts = [ofPlatform(platform), ...features].map((each) => each.register(registry));
  const server = createServer({ requestTimeout: REQUEST_MILLISECONDS }, (request, response) => {
    const isAsked = request.method === 'GET' && new URL(request.url ?? '/', 'http://localhost').pathname === '/metrics';
    if (!isAsked) return void response.writeHead(404).end();
    answer(response).catch((error: unknown) => fail(response, error, log));
  });
  const port = await listen(server, settings.metricsPort, settings.metricsHost);
  return { port, close: () => close(server) };

  async function answer(response: ServerResponse): Promise<void> {
    for (const part of parts) await part.read(platform.database.em());
    const body = await registry.metrics();
    response.writeHead(200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' }).end(body);
  }
}

/** A look that failed is told to Prometheus as one, instead of figures that are wrong. */
function fail(response: ServerResponse, error: unknown, log: Logger): void {
  log.error({ error }, 'the metrics could not be read');
  if (!response.headersSent) response.writeHead(503);
  response.end();
}

/** What delays every reader of the activity, and the jobs that wait. */
function ofPlatform({ jobs }: Platform): Metrics {
  return {
    register(registry) {
      const registers = [registry];
      const lag = new Gauge({
        name: 'polyphony_activity_lag_seconds',
        help: 'Age of the oldest line of activity that readers cannot see yet, because a write transaction is open somewhere',
        registers,
      });
      const waiting = new Gauge({
        name: 'polyphony_jobs_waiting',
        help: 'Jobs in all queues, mails among them',
        registers,
      });
      return {
        async read(em) {
          lag.set(await readLag(em));
          waiting.set(await jobs.waiting());
        },
      };
    },
  };
}

async function readLag(em: Em): Promise<number> {
  const found = await row(
    em,
    sql<{
      seconds: number;
    }>`select greatest(0, coalesce(extract(epoch from now() - min(at)), 0))::float8 as seconds from activity
      where generation = (select generation from platform) and xid >= pg_snapshot_xmin(pg_current_snapshot())`,
  );
  return found?.seconds ?? 0;
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new Error(`METRICS_PORT ${port} on ${host} cannot be used: ${error.message}`, { cause: error })),
    );
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function close(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
