import type { Database } from '../../platform/db/database.ts';
import type { Settings } from '../../platform/settings.ts';
import type { Languages } from '../../platform/languages.ts';
import type { EngineState } from './engine-states.ts';
import type { Till } from './till.ts';

/** What a worker has at hand. */
export interface Workplace {
  database: Database;
  languages: Languages;
  settings: Pick<Settings, 'budgets' | 'timeZone' | 'publicUrl'>;
  till: Till;
  /** How the engines are doing, as of a second ago. */
  states(): ReadonlyMap<string, EngineState>;
}
