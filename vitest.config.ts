import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/support/snapshot.ts',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Two cores: more files at once only wait for each other and for Apertium.
    maxWorkers: 2,
    // A process keeps what it has loaded and compiled for the next file: nothing of Polyphony lives in a module.
    isolate: false,
    expect: { requireAssertions: true },
  },
});
