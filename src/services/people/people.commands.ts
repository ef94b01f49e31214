import type { Commands } from '../house/command.ts';

/** What operators type about persons. */
export const peopleCommands: Commands = {
  person: {
    help: 'person create --name --email [--role organizer,moderator,…] [--language en] [--token] [--unlimited], person sign-out --email',
    load: async () => (await import('./person.command.ts')).person,
  },
};
