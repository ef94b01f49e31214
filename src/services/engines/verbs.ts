import type { Command } from '../house/command.ts';

/** One command whose first word says what to do. */
export function byVerb(name: string, verbs: Readonly<Record<string, Command>>): Command {
  return {
    help: Object.values(verbs)
      .map(({ help }) => help)
      .join('\n  '),
    run: async ([verb = '', ...words], operator) => {
      const command = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
      if (command) return command.run(words, operator);
      throw new Error(`After "${name}" comes one of: ${Object.keys(verbs).join(', ')}.`);
    },
  };
}
