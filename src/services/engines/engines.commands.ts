import type { Commands } from '../house/command.ts';

/** What operators type about engines and translations. */
export const enginesCommands: Commands = {
  'engine check': {
    help: 'engine check deepl [--from es] [--to pt]  proves a translation engine with ten sentences, says what is wrong',
    load: async () => (await import('./engine-check.command.ts')).checkEngine,
  },
  'engine install': {
    help: 'engine install bergamot [--languages de,fr] [--yes]  installs neural translation: says sizes, fetches, checks, enables',
    load: async () => (await import('./engine-install.command.ts')).installModels,
  },
  'engine list': {
    help: 'engine list                              installed directions of bergamot, whether they are enabled, and why not',
    load: async () => (await import('./engine-list.command.ts')).listModels,
  },
  'engine update': {
    help: 'engine update bergamot [--yes]           fetches newer models of what is installed, and checks them',
    load: async () => (await import('./engine-install.command.ts')).updateModels,
  },
  'engine remove': {
    help: 'engine remove bergamot de-en | --all     takes models away',
    load: async () => (await import('./engine-list.command.ts')).removeModels,
  },
  'engine bench': {
    help: 'engine bench bergamot                    quality, placeholders, time and memory of each installed direction, as a table',
    load: async () => (await import('./engine-bench.command.ts')).measureModels,
  },
  translation: {
    help: 'translation export | import [--file …]   translations and memory as JSON lines, to another platform or back',
    load: async () => (await import('./archive.command.ts')).moveTranslations,
  },
};
