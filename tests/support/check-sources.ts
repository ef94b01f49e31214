import { strict as assert } from 'node:assert';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { cruise, type ICruiseResult } from 'dependency-cruiser';

import rules, { layers } from '../../.dependency-cruiser.mjs';

const ROOTS = ['src', 'translation', 'migrations', 'locales', 'public/js'];
/** The tool once read none of our files and found no fault in them. */
const LEAST_FILES = 80;
/** The formatter leaves HTML in templates alone. */
const LONGEST_LINE = 140;

/** A sentence for every import that breaks a rule of `.dependency-cruiser.mjs` and every long line of a view, in the tree under `root`. Throws when files were not read. */
export async function checkSources(root: string, { leastFiles = LEAST_FILES } = {}): Promise<string[]> {
  const { forbidden = [], options = {} } = rules;
  const roots = ROOTS.filter((folder) => existsSync(join(root, folder)));
  const { output } = await cruise(
    roots,
    { ...options, ruleSet: { forbidden }, validate: true, baseDir: root },
    options.enhancedResolveOptions,
  );
  assert(typeof output === 'object');
  assertAllRead(root, output, leastFiles);
  return [...strangers(root), ...longLines(root), ...output.summary.violations.map(sentence)];
}

function assertAllRead(root: string, { modules }: ICruiseResult, leastFiles: number): void {
  const read = new Set(modules.filter(({ dependencies }) => dependencies).map(({ source }) => source));
  const files = globSync('{src,translation}/**/*.ts', { cwd: root });
  assert(files.length >= leastFiles, `Only ${files.length} files were found under ${root}.`);
  const missed = files.filter((file) => !read.has(file));
  assert(missed.length === 0, `These files were not read: ${missed.join(', ')}`);
  const imports = modules
    .filter(({ source }) => /^(?:src|translation)\//.test(source))
    .flatMap((each) => each.dependencies);
  assert(imports.length >= leastFiles, `Only ${imports.length} imports were seen in ${files.length} files.`);
}

function strangers(root: string): string[] {
  const known = new Set(layers);
  return readdirSync(join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !known.has(entry.name))
    .map(({ name }) => `unknown-folder: src/${name} is in no layer of .dependency-cruiser.mjs`);
}

function longLines(root: string): string[] {
  return globSync('src/**/*.views.ts', { cwd: root }).flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, at) =>
        line.length > LONGEST_LINE
          ? [`long-line: ${file}:${at + 1} has ${line.length} characters, at most ${LONGEST_LINE}`]
          : [],
      ),
  );
}

function sentence({ rule, from, to, cycle = [] }: ICruiseResult['summary']['violations'][number]): string {
  const path = cycle.length > 0 ? cycle.map(({ name }) => name).join(' → ') : to;
  const comment = rules.forbidden?.find(({ name }) => name === rule.name)?.comment ?? '';
  return `${rule.name}: ${from} → ${path}\n    ${comment}`;
}

if (import.meta.main) {
  const faults = await checkSources(process.cwd());
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exit(1);
}
