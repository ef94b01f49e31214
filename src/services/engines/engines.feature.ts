import type { Feature } from '../house/feature.ts';
import { aboutRoutes } from './about.routes.ts';
import { translationCommand } from './archive.command.ts';
import { Backfill } from './backfill.entity.ts';
import { BACKFILL, workOnBackfill } from './backfill.ts';
import { callbackRoutes } from './callbacks.routes.ts';
import { engineCommand } from './engine-check.command.ts';
import { EngineFailure, EngineState, EngineUse } from './engine.entity.ts';
import { enginesPersonal } from './engines.personal.ts';
import { Memory, MemoryUse } from './memory.entity.ts';
import { translationMetrics } from './metrics.ts';
import { Submission } from './submission.entity.ts';

/** The queue of translations, its workers, and how the engines are. */
export const enginesFeature: Feature = {
  name: 'engines',
  entities: [EngineState, EngineUse, EngineFailure, Backfill, Submission, Memory, MemoryUse],
  jobs: {
    [BACKFILL]: ({ database, languages, jobs }, { id }) => workOnBackfill(database.em(), languages, jobs, String(id)),
  },
  pages: (house) => [callbackRoutes(house), aboutRoutes(house)],
  navigation: [{ name: 'translation', path: '/translation', words: 'admin:aboutTitle', isMain: false, foot: 'data' }],
  commands: { engine: engineCommand, translation: translationCommand },
  metrics: ({ languages }) => translationMetrics(languages.translator),
  personal: enginesPersonal,
};
