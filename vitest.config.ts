import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes over ten seconds on two cores, and why. It begins first, so that no core waits for it at the end; `npm run test:quick` leaves it out. */
const LONG: Record<string, string> = {
  'journeys/': 'starts and kills whole programs',
  'translation/apertium': 'starts and kills processes of Apertium',
  'translation/engines/bergamot': 'makes models, and opens each some twenty times',
  neural: 'translates over English with models, and has a queue drained',
  'translation/translator': 'translates with Apertium',
  'translation/engines/engine-check': 'tries each engine as an operator does, its failures and pauses too',
  'translation-queue': 'works off thousands of texts while engines fail',
  'translation-meanwhile': 'waits for engines that take their time',
  'async-engine': 'waits for an engine that answers hours later',
  recount: 'counts 3,500 acts of forty people twice, in all ways',
  roles: 'asks at 130 doors as seven people',
  'hostile-words': 'writes every hostile word into every field',
  addresses: 'asks for every address with wrong ids',
  registrations: 'has thirty people want one seat at once, and mails come with pauses',
  corrections: 'translates with Apertium',
  reports: 'has texts translated and searches them',
  comments: 'has conversations translated',
  administration: 'has engines fail, pause and come back',
  choices: 'translates long lists for several readers',
  'detected-languages': 'has every way of writing detected',
  ideas: 'translates with Apertium',
};

const isLong = (path: string) => Object.keys(LONG).some((name) => path.includes(`/tests/${name}`));

/** Tests of their own, which no other run includes: `npm run test:attack`. */
const ATTACK = 'tests/attack/**';

const excludedIn = (mode: string): string[] => {
  if (mode === 'attack') return [];
  return [
    ATTACK,
    ...(mode === 'quick' ? ['tests/browser/**', ...Object.keys(LONG).map((name) => `tests/${name}**`)] : []),
  ];
};

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line no-array-sort -- a sequencer is no array
    const sorted = await super.sort(files);
    return [
      ...sorted.filter(({ moduleId }) => isLong(moduleId)),
      ...sorted.filter(({ moduleId }) => !isLong(moduleId)),
    ];
  }
}

export default defineConfig(({ mode }) => ({
  test: {
    include: [mode === 'attack' ? `${ATTACK}/*.test.ts` : 'tests/**/*.test.ts'],
    exclude: excludedIn(mode),
    globalSetup: 'tests/support/snapshot.ts',
    // They end what hangs: a slow machine is no fault. At one door, an attack takes a minute.
    testTimeout: mode === 'attack' ? 900_000 : 120_000,
    hookTimeout: 120_000,
    // On two cores: while one waits for an engine or a clock, two others work. An attack measures how long others have to wait.
    maxWorkers: mode === 'attack' ? 1 : 3,
    // A process keeps what it has loaded and compiled for the next file: nothing of Polyphony lives in a module.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    expect: { requireAssertions: true, poll: { timeout: 15_000 } },
  },
}));
