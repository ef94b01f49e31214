import { federationCommands } from '../edges/federation/federation.commands.ts';
import { enginesCommands } from '../services/engines/engines.commands.ts';
import type { Commands } from '../services/house/command.ts';
import { peopleCommands } from '../services/people/people.commands.ts';

/** All that operators can type, in the order in which help tells it: what is of no feature, and what features bring. */
export const COMMANDS: Commands = {
  setup: {
    help: 'setup --email ada@example.org [--name Ada] [--language en]   tables, themes, first administrator; safe to repeat',
    load: async () => (await import('./setup.command.ts')).setUp,
  },
  migrate: {
    help: 'migrate                                  brings the tables to the shape of this version',
    load: async () => (await import('./migrate.command.ts')).bringUpToDate,
  },
  ...peopleCommands,
  ...enginesCommands,
  ...federationCommands,
  detect: {
    help: 'detect [--interface-language en]          JSON lines {"text"} in, {"language", "confidence", "sure", …} out',
    load: async () => (await import('./detect.command.ts')).detect,
  },
  translate: {
    help: 'translate --from es --to pt               JSON lines {"text"} in, {"text", "state", "engine"} out',
    load: async () => (await import('./translate.command.ts')).translate,
  },
  languages: {
    help: 'languages                                which share of the texts readers of each language can read, by engine',
    load: async () => (await import('./languages.command.ts')).tellShares,
  },
  doctor: {
    help: 'doctor                                   what is well, what is not, and what to do about it',
    load: async () => (await import('./doctor.command.ts')).lookAtEverything,
  },
};
