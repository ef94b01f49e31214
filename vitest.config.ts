import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/support/snapshot.ts',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Two cores: more files at once only wait for each other and for Apertium.
    maxWorkers: 2,
    expect: { requireAssertions: true },
  },
});
