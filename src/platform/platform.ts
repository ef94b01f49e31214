import type { Logger } from 'pino';

import type { Tail } from './activity/tail.ts';
import type { Verbs } from './activity/verbs.ts';
import type { Database } from './db/database.ts';
import type { Assets } from './http/assets.ts';
import type { PageCache } from './http/page-cache.ts';
import type { Words } from './i18n.ts';
import type { Jobs } from './jobs.ts';
import type { OpenLanguages } from './languages.ts';
import type { Pace } from './pace.ts';
import type { Settings } from './settings.ts';

/** What every feature stands on. One per platform: nothing of it lives in a module. */
export interface Platform {
  settings: Settings;
  database: Database;
  log: Logger;
  words: Words;
  languages: OpenLanguages;
  tail: Tail;
  pace: Pace;
  jobs: Jobs;
  assets: Assets;
  cache: PageCache;
  /** Of all features. */
  verbs: Verbs;
}
