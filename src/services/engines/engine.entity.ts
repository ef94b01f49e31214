import { defineEntity, p } from '@mikro-orm/core';

import type { EngineErrorKind } from '#translation/engines/engine.ts';

/** Whether somebody paused an engine, and until when it is left alone after failures: one row for all processes. */
export const EngineState = defineEntity({
  name: 'EngineState',
  tableName: 'engine_state',
  properties: {
    engine: p.text().primary(),
    pausedAt: p.datetime().nullable(),
    pausedBy: p.uuid().nullable(),
    openUntil: p.datetime().nullable(),
    reason: p.text().$type<EngineErrorKind>().nullable(),
    message: p.text().nullable(),
    failures: p.integer().default(0),
    failedAt: p.datetime().nullable(),
    succeededAt: p.datetime().nullable(),
  },
});

/** What an engine was given on one day, in the platform's time zone. */
export const EngineUse = defineEntity({
  name: 'EngineUse',
  tableName: 'engine_use',
  properties: {
    engine: p.text().primary(),
    day: p.date().primary(),
    characters: p.bigint('number').default(0),
    /** Characters that did not have to be sent, because the memory knew them. */
    remembered: p.bigint('number').default(0),
    euro: p.decimal().precision(14).scale(6).default('0'),
    texts: p.integer().default(0),
    calls: p.integer().default(0),
    milliseconds: p.bigint('number').default(0),
  },
});

/** How often calls of an engine failed in one way on one day. */
export const EngineFailure = defineEntity({
  name: 'EngineFailure',
  tableName: 'engine_failure',
  properties: {
    engine: p.text().primary(),
    day: p.date().primary(),
    kind: p.text().primary(),
    count: p.integer().default(0),
  },
});
