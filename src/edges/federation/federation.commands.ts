import type { Commands } from '../../services/house/command.ts';

/** What operators type about other servers. */
export const federationCommands: Commands = {
  federation: {
    help: 'federation rotate-keys                   new keys for themes and people that other servers know',
    load: async () => (await import('./federation.command.ts')).federation,
  },
};
