import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Stories of whole programs wait for a long time, while others can work: they begin. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => moduleId.includes('/journeys/');
    // oxlint-disable-next-line no-array-sort -- a sequencer is no array
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/support/snapshot.ts',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // On two cores: while one waits for an engine or a clock, two others work.
    maxWorkers: 3,
    // A process keeps what it has loaded and compiled for the next file: nothing of Polyphony lives in a module.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    expect: { requireAssertions: true, poll: { timeout: 15_000 } },
  },
});
