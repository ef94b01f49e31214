import { defineConfig } from 'vitest/config';

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
    expect: { requireAssertions: true, poll: { timeout: 15_000 } },
  },
});
