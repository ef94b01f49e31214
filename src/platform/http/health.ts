import Router from '@koa/router';
import { sql } from 'kysely';

import { unreadableSeconds } from '../activity/activity.ts';
import { row, type Em } from '../db/database.ts';
import { isFull, whyFull } from '../db/room.ts';
import { within } from '../pauses.ts';
import type { Platform } from '../platform.ts';

const LAG_MILLISECONDS = 30_000;
/** Whoever watches does not wait long, and takes silence for a no. */
const ANSWER_MILLISECONDS = 1_500;

const TRY_MILLISECONDS = 10_000;

/** For whatever watches over the process: alive at all, and able to serve. */
export function healthRoutes({ database, tail, languages }: Pick<Platform, 'database' | 'tail' | 'languages'>): Router {
  const router = new Router();
  let triedAt = -Infinity;
  router.get('/health/live', (ctx) => {
    ctx.body = { status: 'live' };
  });
  router.get('/health/ready', async (ctx) => {
    const state = await within(ANSWER_MILLISECONDS, ask(), null);
    const checks = {
      database: state !== null,
      writable: state?.isWritable ?? false,
      detector: languages.detector() !== null,
      activity: Math.max(tail.lagMilliseconds(), state?.lagMilliseconds ?? 0) < LAG_MILLISECONDS,
    };
    const ready = Object.values(checks).every(Boolean);
    ctx.status = ready ? 200 : 503;
    if (!ready) ctx.set('Retry-After', '2');
    ctx.set('Cache-Control', 'no-store');
    ctx.body = { status: ready ? 'ready' : 'starting', checks };
  });
  return router;

  /** Null when the database does not answer. */
  async function ask(): Promise<{ isWritable: boolean; lagMilliseconds: number } | null> {
    try {
      const query = sql<{
        isWritable: boolean;
      }>`select current_setting('transaction_read_only') = 'off' as "isWritable"`;
      const em = database.em();
      const found = await row(em, query);
      const isWritable = (found?.isWritable ?? false) && (await hasRoom(em));
      return { isWritable, lagMilliseconds: (await unreadableSeconds(em)) * 1_000 };
    } catch {
      return null;
    }
  }

  /** Reads go on when the disk is full, so a write is tried now and then; again at once when it failed. */
  async function hasRoom(em: Em): Promise<boolean> {
    if (performance.now() - triedAt < TRY_MILLISECONDS) return true;
    const error = await whyFull(em);
    if (error === null) triedAt = performance.now();
    return error === null || !isFull(error);
  }
}
