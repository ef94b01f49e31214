import Router from '@koa/router';
import { sql } from 'kysely';

import { rows } from '../db/database.ts';
import type { Platform } from '../platform.ts';

const LAG_MILLISECONDS = 30_000;

/** For whatever watches over the process: alive at all, and able to serve. */
export function healthRoutes({ database, tail, languages }: Pick<Platform, 'database' | 'tail' | 'languages'>): Router {
  const router = new Router();
  router.get('/health/live', (ctx) => {
    ctx.body = { status: 'live' };
  });
  router.get('/health/ready', async (ctx) => {
    const checks = {
      database: await answers(),
      detector: languages.detector() !== null,
      activity: tail.lagMilliseconds() < LAG_MILLISECONDS,
    };
    const ready = Object.values(checks).every(Boolean);
    ctx.status = ready ? 200 : 503;
    if (!ready) ctx.set('Retry-After', '2');
    ctx.set('Cache-Control', 'no-store');
    ctx.body = { status: ready ? 'ready' : 'starting', checks };
  });
  return router;

  async function answers(): Promise<boolean> {
    try {
      await rows(database.em(), sql`select 1`);
      return true;
    } catch {
      return false;
    }
  }
}
