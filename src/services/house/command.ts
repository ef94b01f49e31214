import type { Database } from '../../platform/db/database.ts';
import type { Settings } from '../../platform/settings.ts';

/** What a command may use of the machine on which it was typed. */
export interface Operator {
  /** Opens the database of the settings for one piece of work. Throws a sentence when a running server has the embedded one. */
  withDatabase<T>(work: (database: Database, settings: Settings) => Promise<T>): Promise<T>;
}

/** Gets the words after the command's name and gives the exit code. Throws a sentence about what is wrong. */
export type Run = (words: readonly string[], operator: Operator) => Promise<number>;

/** A line of the list of commands. */
export interface Command {
  /** One line: how it is typed, and what it does. */
  help: string;
  /** Imports its file once it is typed: nobody waits for what another command needs. */
  load(): Promise<Run>;
}

/** By the word or the two words that operators type first. */
export type Commands = Readonly<Record<string, Command>>;
