import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { features } from '../src/features.ts';
import type { ActivityReader } from '../src/platform/activity/readers.ts';
import { rows } from '../src/platform/db/database.ts';
import { PACE } from '../src/platform/pace.ts';
import type { Feature } from '../src/services/house/feature.ts';
import { closeListeners, listen } from './support/live.ts';
import { readMetrics } from './support/metrics.ts';
import { eventually, freePort, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import type { Visitor } from './support/browser-like.ts';

/** Hidden words are gone from every process by then. */
const HIDDEN_SECONDS = 2;
/** Readers that work are done by then. On the embedded database everybody waits so long for one that never ends: less than hiding may take. */
const PATIENCE_MILLISECONDS = 1_000;

const always = (name: string): ActivityReader => ({
  name,
  handle: async () => {
    throw new Error('This reader always throws.');
  },
});

const endless: ActivityReader = { name: 'search', handle: () => new Promise(() => {}) };

/** Fails at first, as one whose words are not right yet. A table keeps everything it does. */
function recovering(failures: number): ActivityReader {
  let left = failures;
  return {
    name: 'recovering',
    handle: async (em, lines) => {
      for (const { cursor } of lines) await rows(em, sql`insert into reserved_handle (handle) values (${cursor})`);
      if (left-- > 0) throw new Error('Not right yet.');
    },
  };
}

describe('readers of the activity that fail', () => {
  let polyphony: TestPlatform;
  let metrics: number;
  let maria: ApiPerson;
  let emma: Visitor;
  beforeAll(async () => {
    metrics = await freePort();
    const broken: Feature = {
      name: 'broken',
      readers: () => [always('federation'), endless, recovering(3)],
      /** Before all others of this process. */
      panels(house) {
        house.tail.read('throws-later', async () => {
          throw new Error('This reader always throws.');
        });
        house.tail.read('throws-at-once', () => {
          throw new Error('This reader always throws.');
        });
        house.tail.read('never-ends', () => new Promise(() => {}));
        return [];
      },
    };
    polyphony = await startPolyphony(
      { METRICS_PORT: String(metrics) },
      {
        features: [broken, ...features],
        pace: { ...PACE, readerDeadlineMilliseconds: PATIENCE_MILLISECONDS, retryMilliseconds: 500 },
      },
    );
    maria = await polyphony.person('María', { language: 'es' });
    emma = await polyphony.signIn('Emma', { roles: ['moderator'] });
  });
  afterEach(closeListeners);
  afterAll(() => polyphony.stop());

  const post = async (title: string): Promise<string> => {
    const { body } = await maria.api('POST', '/spaces/climate/ideas', { title, body: 'Agua limpia para todos.' });
    return body.id;
  };
  const page = async (path: string) => polyphony.visitor().get(path);

  test('stop neither hiding, lists, live updates nor counting', async () => {
    const id = await post('Ríos limpios');
    await eventually(async () => expect((await page('/es/ideas')).text).toContain(id));
    expect((await page(`/es/ideas/${id}`)).status).toBe(200);
    const listener = await listen(polyphony.url);
    await listener.watch({ rooms: [`subject:${id}`], lang: 'es' });
    await maria.api('PUT', `/subjects/${id}/endorsement`);
    await eventually(async () => {
      expect((await maria.api('GET', `/ideas/${id}`)).body.counts.endorsements).toBe(1);
    });
    await emma.submit(`/en/ideas/${id}/hide`, { reason: 'This text names a private person.' });
    await eventually(async () => {
      expect((await page(`/es/ideas/${id}`)).status).toBe(410);
      expect((await page('/es/ideas')).text).not.toContain(id);
      expect(listener.lines.map(({ type }) => type)).toContain('hidden');
    }, HIDDEN_SECONDS);
  });

  test('tell how late they are and how often they failed, each by its name', async () => {
    await post('Lagos limpios');
    await eventually(async () => {
      const figures = await readMetrics(metrics);
      for (const name of ['federation', 'search', 'throws-later', 'throws-at-once']) {
        expect(figures[`polyphony_reader_errors_total{reader="${name}"}`], name).toBeGreaterThan(1);
        expect(figures[`polyphony_reader_lag_seconds{reader="${name}"}`], name).toBeGreaterThan(1);
      }
      expect(figures['polyphony_reader_lag_seconds{reader="never-ends"}']).toBeGreaterThan(1);
      for (const name of ['page-cache', 'live', 'spaces', 'band', 'worker', 'counts']) {
        expect(figures[`polyphony_reader_errors_total{reader="${name}"}`], name).toBe(0);
        expect(figures[`polyphony_reader_lag_seconds{reader="${name}"}`], name).toBeLessThan(HIDDEN_SECONDS);
      }
    });
  });

  test('get the same lines again until it works: each leaves its mark once, whatever failed before', async () => {
    await post('Mares limpios');
    const { body } = await maria.api('GET', '/activity?after=0.0.0&limit=200');
    const told: string[] = body.items.map(({ cursor }: { cursor: string }) => cursor);
    expect(told.length).toBeGreaterThan(2);
    await eventually(async () => {
      const marks = await rows(polyphony.em(), sql<{ handle: string }>`select handle from reserved_handle`);
      expect(marks.map(({ handle }) => handle)).toEqual(expect.arrayContaining(told));
    });
    const figures = await readMetrics(metrics);
    expect(figures['polyphony_reader_errors_total{reader="recovering"}']).toBeGreaterThanOrEqual(3);
  });
});
