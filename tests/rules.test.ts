import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { afterAll, beforeEach, describe, expect, test } from 'vitest';

import { checkSources } from './support/check-sources.ts';
import { areTried, keepAsTried } from './support/tried-rules.ts';

// Rules change a few times a year: faults are planted where they have changed since this was green, and always in CI.
const tried = areTried();
beforeEach(({ skip }) => skip(tried, 'The rules are those that were tried last.'));
// oxlint-disable-next-line no-empty-pattern -- vitest reads from the pattern what to hand in
afterAll(({}, { tasks }) => {
  if (tasks.every((task) => task.result?.state === 'pass')) keepAsTried();
});

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A tree with nothing in it but a fault, and the rules of ours. */
function plant(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'polyphony-planted-'));
  folders.push(root);
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  for (const rules of ['.oxlintrc.json', '.oxfmtrc.json', 'tsconfig.json', 'knip.jsonc'])
    cpSync(rules, join(root, rules));
  for (const [path, content] of Object.entries({ 'package.json': '{ "type": "module" }\n', ...files })) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** What a tool says about the tree under `root`, and whether it is content. */
function run(root: string, tool: string, ...words: string[]): Promise<{ content: boolean; says: string }> {
  return new Promise((answer) => {
    execFile(resolve('node_modules/.bin', tool), words, { cwd: root }, (error, out, err) =>
      answer({ content: error === null, says: out + err }),
    );
  });
}

const nothing = 'export const nothing = 0;\n';
const needs = (path: string, what = 'nothing') => `import { ${what} } from '${path}';\nconsole.log(${what});\n`;

describe('imports', () => {
  test.each<[rule: string, files: Record<string, string>]>([
    [
      'no-circles',
      {
        'src/kinds/ideas/ideas.ts': "import type { B } from './words.ts';\nexport type A = B;\n",
        'src/kinds/ideas/words.ts': "import type { A } from './ideas.ts';\nexport type B = A;\n",
      },
    ],
    [
      'no-folder-circles',
      {
        'src/kinds/ideas/ideas.ts': needs('../spaces/spaces.ts'),
        'src/kinds/spaces/spaces.ts': nothing,
        'src/kinds/spaces/spaces.reads.ts': needs('../ideas/ideas.reads.ts'),
        'src/kinds/ideas/ideas.reads.ts': nothing,
      },
    ],
    ['no-ghosts', { 'src/kinds/ideas/ideas.ts': needs('./gone.ts') }],
    [
      'platform-knows-no-feature',
      { 'src/platform/jobs.ts': needs('../services/people/people.ts'), 'src/services/people/people.ts': nothing },
    ],
    [
      'services-know-no-kind',
      { 'src/services/people/people.ts': needs('../../kinds/ideas/ideas.ts'), 'src/kinds/ideas/ideas.ts': nothing },
    ],
    [
      'kinds-know-no-edge',
      {
        'src/kinds/ideas/ideas.ts': needs('../../edges/statistics/statistics.ts'),
        'src/edges/statistics/statistics.ts': nothing,
      },
    ],
    [
      'edges-are-read-by-nobody',
      {
        'src/edges/federation/federation.ts': needs('../statistics/statistics.ts'),
        'src/edges/statistics/statistics.ts': nothing,
      },
    ],
    ['edges-start-nothing', { 'src/edges/home/home.routes.ts': needs('../../app.ts'), 'src/app.ts': nothing }],
    [
      'routes-belong-to-the-manifest',
      {
        'src/kinds/spaces/spaces.routes.ts': needs('../ideas/ideas.routes.ts'),
        'src/kinds/ideas/ideas.routes.ts': nothing,
      },
    ],
    [
      'commands-are-listed',
      { 'src/kinds/ideas/ideas.ts': needs('./idea.command.ts'), 'src/kinds/ideas/idea.command.ts': nothing },
    ],
    [
      'commands-are-listed',
      { 'src/kinds/ideas/ideas.ts': needs('./ideas.commands.ts'), 'src/kinds/ideas/ideas.commands.ts': nothing },
    ],
    [
      'commands-load-when-typed',
      { 'src/kinds/ideas/ideas.commands.ts': needs('./idea.command.ts'), 'src/kinds/ideas/idea.command.ts': nothing },
    ],
    ['commands-load-when-typed', { 'src/commands/operator.ts': needs('../features.ts'), 'src/features.ts': nothing }],
    [
      'manifests-are-listed',
      { 'src/kinds/ideas/ideas.ts': needs('./ideas.feature.ts'), 'src/kinds/ideas/ideas.feature.ts': nothing },
    ],
    [
      'features-have-a-front-door',
      { 'src/kinds/events/events.ts': needs('../ideas/drafts.ts'), 'src/kinds/ideas/drafts.ts': nothing },
    ],
    [
      'pages-of-a-service-are-its-own',
      {
        'src/kinds/ideas/ideas.views.ts': needs('../../services/texts/exit.views.ts'),
        'src/services/texts/exit.views.ts': nothing,
      },
    ],
    ['views-are-pure', { 'src/kinds/ideas/ideas.views.ts': needs('kysely', 'sql') }],
    [
      'views-are-pure',
      { 'src/kinds/ideas/ideas.views.ts': needs('../../platform/jobs.ts'), 'src/platform/jobs.ts': nothing },
    ],
    [
      'views-read-nothing',
      { 'src/kinds/ideas/ideas.views.ts': needs('./ideas.reads.ts'), 'src/kinds/ideas/ideas.reads.ts': nothing },
    ],
    [
      'translation-stands-alone',
      { 'translation/translator.ts': needs('../src/platform/log.ts'), 'src/platform/log.ts': nothing },
    ],
    [
      'browser-code-is-served-as-it-is',
      { 'public/js/page.js': needs('../../src/services/site/icon.ts'), 'src/services/site/icon.ts': nothing },
    ],
    [
      'migrations-stay-as-they-were',
      { 'migrations/Migration1.ts': needs('../src/kinds/ideas/ideas.ts'), 'src/kinds/ideas/ideas.ts': nothing },
    ],
    [
      'tests-are-not-shipped',
      { 'src/kinds/ideas/ideas.ts': needs('../../../tests/people.ts'), 'tests/people.ts': nothing },
    ],
    [
      'development-stays-home',
      { 'src/kinds/ideas/ideas.ts': needs('vitest', 'vi'), 'package.json': '{ "devDependencies": { "vitest": "*" } }' },
    ],
    ['unknown-folder', { 'src/petitions/petitions.ts': nothing }],
    ['long-line', { 'src/kinds/ideas/ideas.views.ts': `${nothing}// <p>${'long '.repeat(30)}</p>\n` }],
  ])('%s', async (rule, files) => {
    const faults = await checkSources(plant({ 'src/server.ts': nothing, ...files }), { leastFiles: 0 });
    expect(faults.map((fault) => fault.split(':')[0])).toContain(rule);
  });

  test('the way of an idea breaks no rule', async () => {
    const root = plant({
      'src/features.ts': needs('./kinds/ideas/ideas.feature.ts'),
      'src/kinds/ideas/ideas.feature.ts': `${needs('./ideas.routes.ts')}${nothing}`.replace(
        'import { nothing }',
        'import { nothing as it }',
      ),
      'src/kinds/ideas/ideas.routes.ts': `${needs('./ideas.ts')}${needs('./ideas.views.ts', 'page')}`,
      'src/kinds/ideas/ideas.ts': `${needs('../../services/texts/texts.ts', 'text')}export const nothing = 0;\n`,
      'src/kinds/ideas/ideas.reads.ts': 'export type Shown = string;\n',
      'src/kinds/ideas/ideas.views.ts':
        "import type { Shown } from './ideas.reads.ts';\nexport const page: Shown = '';\n",
      'src/services/texts/texts.ts': 'export const text = 0;\n',
      'src/commands/polyphony.ts': needs('./commands.ts'),
      'src/commands/commands.ts': `${needs('../kinds/ideas/ideas.commands.ts', 'ideas')}${nothing}`,
      'src/kinds/ideas/ideas.commands.ts':
        "import type { Shown } from './ideas.reads.ts';\nexport const ideas: Shown[] = [String(await import('./idea.command.ts'))];\n",
      'src/kinds/ideas/idea.command.ts': nothing,
    });
    expect(await checkSources(root, { leastFiles: 5 })).toEqual([]);
  });

  test('a tool that reads nothing is found out', async () => {
    await expect(checkSources(plant({ 'src/server.ts': nothing }))).rejects.toThrow('Only 1 files were found');
  });
});

const LONG_FUNCTION = `{\n${'  console.info(1);\n'.repeat(51)}}\n`;
const STYLE_FAULTS: Record<string, string> = {
  'no-floating-promises': 'export function send() {\n  Promise.resolve();\n}',
  'no-misused-promises': '[1].forEach(async () => Promise.resolve());',
  'await-thenable': 'await 1;',
  'no-explicit-any': 'export let anything: any;',
  'no-non-null-assertion': 'export const first = [1][0]!;',
  'no-unsafe-type-assertion': "export const answer = JSON.parse('1') as unknown as number;",
  'max-params': 'export const many = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e];',
  'max-depth':
    'export function deep(a: boolean) {\n  if (a) { if (!a) { if (a) { if (!a) return 1; } } }\n  return 0;\n}',
  'max-lines': `export const lines = [\n${'  1,\n'.repeat(300)}];`,
  'max-lines-per-function': `export function long() ${LONG_FUNCTION}`,
  'no-console': "console.log('');",
  'no-default-export': 'export default 1;',
  'no-process-exit': 'process.exit();',
  'consistent-type-imports': "import { Stats } from 'node:fs';\nexport type S = Stats;",
  'no-unused-vars': 'const unused = 1;',
  'ban-ts-comment': '// @ts-ignore\nexport const ignored = 1;',
};

describe('style', () => {
  test('each fault is named, in its file', async () => {
    const files = Object.entries(STYLE_FAULTS).map(([rule, code]) => [`src/kinds/ideas/${rule}.ts`, `${code}\n`]);
    const routes = {
      'src/kinds/ideas/ideas.routes.ts': `export function ideasRoutes() ${LONG_FUNCTION.replaceAll('console.info', 'String')}`,
    };
    const root = plant({ ...Object.fromEntries(files), ...routes });
    const { says } = await run(root, 'oxlint', '--type-aware', '--deny-warnings', '--format=unix', 'src');
    const lines = says.split('\n');
    const missed = Object.keys(STYLE_FAULTS).filter(
      (rule) => !lines.some((line) => line.startsWith(`src/kinds/ideas/${rule}.ts:`) && line.endsWith(`(${rule})]`)),
    );
    expect(missed).toEqual([]);
    expect(says).not.toContain('ideas.routes.ts');
  });

  test('types are strict', async () => {
    const root = plant({
      'src/kinds/ideas/ideas.ts': 'export const first = ([1][0]).toFixed();\n',
      'vitest.config.ts': nothing,
    });
    expect(await run(root, 'tsc', '--noEmit')).toMatchObject({
      content: false,
      says: expect.stringContaining('TS2532'),
    });
  });

  test('form is one', async () => {
    const root = plant({ 'src/kinds/ideas/ideas.ts': 'export const  title = "words"\n' });
    expect(await run(root, 'oxfmt', '--check', 'src')).toMatchObject({ content: false });
  });

  test('what nobody uses is named', async () => {
    const scripts =
      '{ "type": "module", "scripts": { "start": "node src/server.ts" }, "dependencies": { "koa": "3.3.0" } }';
    const root = plant({
      'package.json': scripts,
      'src/server.ts': needs('./kinds/ideas/ideas.ts'),
      'src/kinds/ideas/ideas.ts': `${nothing}export const orphan = 1;\n`,
      'src/kinds/ideas/forgotten.ts': nothing,
    });
    const { content, says } = await run(root, 'knip', '--no-progress');
    expect(content).toBe(false);
    for (const unused of ['orphan', 'src/kinds/ideas/forgotten.ts', 'koa']) expect(says).toContain(unused);
    expect(says).not.toContain('nothing');
  });
});
