import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

/** What decides whether a planted fault is found. */
const RULES = ['.dependency-cruiser.mjs', '.oxlintrc.json', '.oxfmtrc.json', 'knip.jsonc', 'tsconfig.json'];
const TESTS = ['tests/rules.test.ts', 'tests/support/check-sources.ts'];
const TOOLS = ['@swc/core', 'dependency-cruiser', 'knip', 'oxfmt', 'oxlint', 'oxlint-tsgolint', 'typescript'];
/** The hash of all these when every planted fault was found the last time. */
const TRIED = 'tests/support/tried-rules.txt';

/**
 * Whether the rules, their tools and their tests are those that were seen to work. False in CI: there nothing is believed. Says in a
 * line why they are not tried.
 */
export function areTried(): boolean {
  if (process.env['CI'] || readFileSync(TRIED, 'utf8').trim() !== hashOfRules()) return false;
  console.info(
    'Rules of style and imports are as they were when planted faults were found: not tried again. CI=1 tries them.',
  );
  return true;
}

/** Remembers the rules of now, for everybody once it is committed. Throws in CI when that was forgotten. */
export function keepAsTried(): void {
  const hash = hashOfRules();
  if (!process.env['CI']) return writeFileSync(TRIED, `${hash}\n`);
  if (readFileSync(TRIED, 'utf8').trim() !== hash)
    throw new Error(`${TRIED} is not of these rules. Run: npx vitest run tests/rules.test.ts, and commit it.`);
}

function hashOfRules(): string {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const versions = TOOLS.map((tool) => `${tool} ${devDependencies[tool]}`);
  const files = [...RULES, ...TESTS].map((file) => readFileSync(file, 'utf8'));
  return createHash('sha256')
    .update([...versions, ...files].join('\0'))
    .digest('hex');
}
