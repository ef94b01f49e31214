import { sql, type RawBuilder } from 'kysely';
import { Counter, Gauge, type Registry } from 'prom-client';

import type { Translator } from '#translation/translator.ts';
import { row, rows, type Em } from '../../platform/db/database.ts';
import type { Metrics } from '../../platform/metrics.ts';

/** What operators watch of translation. */
export function translationMetrics(translator: Translator): Metrics {
  return {
    register(registry) {
      const parts = [ofQueue(registry), ofEngines(registry, translator), ofUse(registry), ofFailures(registry)];
      return {
        async read(em) {
          for (const read of parts) await read(em);
        },
      };
    },
  };
}

type Read = (em: Em) => Promise<void>;

function ofQueue(registry: Registry): Read {
  const registers = [registry];
  const translations = new Gauge({
    name: 'polyphony_translations',
    help: 'Translations by state',
    labelNames: ['state'],
    registers,
  });
  const oldest = new Gauge({
    name: 'polyphony_translation_oldest_seconds',
    help: 'Age of the oldest wish that is queued or suspended',
    registers,
  });
  return async (em) => {
    const found = await row(
      em,
      sql<
        Record<'queued' | 'suspended' | 'failed' | 'ready' | 'oldest', number>
      >`select ${count('queued')}, ${count('suspended')}, ${count('failed')},
        (select count(*)::int from translation where state = 'ready') as ready,
        greatest(0, extract(epoch from now() - (select least(${oldestOf('queued')}, ${oldestOf('suspended')}))))::float8 as oldest`,
    );
    for (const state of ['queued', 'suspended', 'failed', 'ready'] as const)
      translations.set({ state }, found?.[state] ?? 0);
    oldest.set(found?.oldest ?? 0);
  };
}

/** One part a state: each has an index of its own. */
const count = (state: string): RawBuilder<unknown> =>
  sql`(select count(*)::int from translation where state = ${sql.lit(state)} and not human) as ${sql.ref(state)}`;

const oldestOf = (state: string): RawBuilder<unknown> =>
  sql`(select min(wished_at) from translation where state = ${sql.lit(state)} and not human)`;

function ofEngines(registry: Registry, translator: Translator): Read {
  const registers = [registry];
  const labelNames = ['engine'];
  const up = new Gauge({
    name: 'polyphony_engine_up',
    help: '0 while an engine is left alone after failures',
    ...{ labelNames, registers },
  });
  const paused = new Gauge({
    name: 'polyphony_engine_paused',
    help: '1 while an operator has paused an engine',
    ...{ labelNames, registers },
  });
  return async (em) => {
    const found = await rows(
      em,
      sql<{
        engine: string;
        isAway: boolean;
        isPaused: boolean;
      }>`select engine, coalesce(open_until > now(), false) as "isAway",
        paused_at is not null as "isPaused" from engine_state`,
    );
    for (const { name } of translator.engines()) {
      const state = found.find(({ engine }) => engine === name);
      up.set({ engine: name }, state?.isAway ? 0 : 1);
      paused.set({ engine: name }, state?.isPaused ? 1 : 0);
    }
  };
}

function ofUse(registry: Registry): Read {
  const registers = [registry];
  const labelNames = ['engine'];
  const characters = new Counter({
    name: 'polyphony_engine_characters_total',
    help: 'Characters sent to an engine',
    ...{ labelNames, registers },
  });
  const euro = new Counter({
    name: 'polyphony_engine_euro_total',
    help: 'What they cost',
    ...{ labelNames, registers },
  });
  const remembered = new Counter({
    name: 'polyphony_memory_characters_total',
    help: 'Characters that did not have to be sent, because the memory knew them',
    registers,
  });
  // Characters set aside and not taken are given back: to Prometheus a counter that goes down has begun anew, so it waits instead.
  const highest = new Map<string, number>();
  return async (em) => {
    const found = await rows(
      em,
      sql<
        Record<'characters' | 'remembered' | 'euro', number> & { engine: string }
      >`select engine, sum(characters)::float8 as characters,
        sum(remembered)::float8 as remembered, sum(euro)::float8 as euro from engine_use group by engine`,
    );
    for (const counter of [characters, euro, remembered]) counter.reset();
    for (const each of found) {
      const sent = Math.max(highest.get(each.engine) ?? 0, each.characters);
      highest.set(each.engine, sent);
      characters.inc({ engine: each.engine }, sent);
      euro.inc({ engine: each.engine }, each.euro);
      remembered.inc(each.remembered);
    }
  };
}

function ofFailures(registry: Registry): Read {
  const failures = new Counter({
    name: 'polyphony_engine_failures_total',
    help: 'Calls that failed, by kind',
    labelNames: ['engine', 'kind'],
    registers: [registry],
  });
  return async (em) => {
    const found = await rows(
      em,
      sql<{
        engine: string;
        kind: string;
        count: number;
      }>`select engine, kind, sum(count)::float8 as count from engine_failure group by engine, kind`,
    );
    failures.reset();
    for (const { engine, kind, count: times } of found) failures.inc({ engine, kind }, times);
  };
}
