import type { Feature } from '../house/feature.ts';
import { aboutRoutes } from './about.routes.ts';
import { Backfill } from './backfill.entity.ts';
import { BACKFILL, workOnBackfill } from './backfill.ts';
import { callbackRoutes } from './callbacks.routes.ts';
import { EngineFailure, EngineState, EngineUse } from './engine.entity.ts';
import { enginesPersonal } from './engines.personal.ts';
import { Memory, MemoryUse } from './memory.entity.ts';
import { forgetUnused } from './memory.ts';
import { translationMetrics } from './metrics.ts';
import { Submission } from './submission.entity.ts';
import { forgetOldSubmissions } from './submissions.ts';

/** The queue of translations, its workers, and how the engines are. */
export const enginesFeature: Feature = {
  name: 'engines',
  entities: [EngineState, EngineUse, EngineFailure, Backfill, Submission, Memory, MemoryUse],
  jobs: {
    [BACKFILL]: ({ database, languages, jobs }, { id }) => workOnBackfill(database.em(), languages, jobs, String(id)),
  },
  schedules: [
    { name: 'memory', cron: '3-59/10 * * * *', run: ({ database }) => forgetUnused(database.em()) },
    { name: 'submissions', cron: '33 * * * *', run: ({ database }) => forgetOldSubmissions(database.em()) },
  ],
  pages: (house) => [callbackRoutes(house), aboutRoutes(house)],
  navigation: [
    {
      name: 'translation',
      path: '/translation',
      words: 'admin:aboutTitle',
      isMain: false,
      foot: 'data',
      isSought: true,
    },
  ],
  metrics: ({ languages }) => translationMetrics(languages.translator),
  personal: enginesPersonal,
};
