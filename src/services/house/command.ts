import type { Database } from '../../platform/db/database.ts';
import type { Settings } from '../../platform/settings.ts';

/** What a command may use of the machine on which it was typed. */
export interface Operator {
  /** Opens the database of the settings for one piece of work. Throws a sentence when a running server has the embedded one. */
  withDatabase<T>(work: (database: Database, settings: Settings) => Promise<T>): Promise<T>;
}

/** One command for operators. */
export interface Command {
  /** One line: how it is typed, and what it does. */
  help: string;
  /** Gets the words after its name and gives the exit code. Throws a sentence about what is wrong. */
  run(words: readonly string[], operator: Operator): Promise<number>;
}
