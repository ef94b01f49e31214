import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';

import { describe, expect, test } from 'vitest';

import { readSettings } from '../src/platform/settings.ts';
import { sumUp } from './support/sum-up.ts';

describe('what is installed', () => {
  const example = readFileSync('.env.example', 'utf8');
  const compose = readFileSync('docker-compose.yml', 'utf8');

  test('.env.example has every setting, and what docker-compose.yml asks for', () => {
    const names = new Set([...compose.matchAll(/\$\{(\w+)/g)].map(([, name]) => String(name)));
    readSettings(new Proxy({}, { get: (_, name) => void names.add(String(name)) }));
    expect(Object.keys(parseEnv(example)).toSorted()).toEqual([...names].toSorted());
  });

  test('.env.example, copied as it is, changes nothing', () => {
    const { secret, ...settings } = readSettings(parseEnv(example));
    const { secret: other, ...defaults } = readSettings({});
    expect(settings).toEqual(defaults);
    expect(secret).not.toBe(other);
  });

  test('each setting in it is explained by a sentence', () => {
    const lines = example.split('\n');
    const unexplained = lines.filter((line, at) => /^[A-Z]/.test(line) && !/^# .+\.$/.test(lines[at - 1] ?? ''));
    expect(unexplained).toEqual([]);
  });

  test('what the Dockerfile copies is there, and let through', () => {
    const copies = [...readFileSync('Dockerfile', 'utf8').matchAll(/^COPY (.+) \S+$/gm)].flatMap(
      ([, paths]) => paths?.split(' ') ?? [],
    );
    const through = new Set(readFileSync('.dockerignore', 'utf8').split('\n'));
    expect(copies.length).toBeGreaterThan(5);
    expect(copies.filter((path) => !existsSync(path) || !through.has(`!${path.split('/')[0]}`))).toEqual([]);
  });

  // npm leaves a package for another machine out of the lockfile when its registry does not serve it; then `npm ci` refuses the file.
  test('the lockfile names every package for every machine', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { optionalDependencies?: object }>;
    };
    const missing = Object.entries(packages).flatMap(([where, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${where}/node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });
});

describe('the last line of .ci/run', () => {
  const file = (name: string, ...statuses: string[]) => ({
    name: resolve(name),
    status: statuses.includes('failed') ? 'failed' : 'passed',
    assertionResults: statuses.map((status, at) => ({
      fullName: `test ${at}`,
      status,
      failureMessages: status === 'failed' ? ['Error: not so\n    at a.test.ts'] : [],
    })),
  });

  test('adds the runs up', () => {
    const embedded = { testResults: [file('a.test.ts', 'passed', 'failed'), file('b.test.ts', 'passed')] };
    const postgres = { testResults: [file('a.test.ts', 'passed', 'passed')] };
    expect(sumUp([embedded, postgres])).toEqual({
      passed: 4,
      failed: 1,
      failures: ['a.test.ts: test 1: Error: not so'],
      skipped: [],
    });
  });

  test('counts a run that never ended, and a file that could not be loaded', () => {
    const broken = { name: resolve('c.test.ts'), status: 'failed', message: 'No such module', assertionResults: [] };
    expect(sumUp([null, { testResults: [broken] }])).toEqual({
      passed: 0,
      failed: 2,
      failures: ['c.test.ts: No such module'],
      skipped: [],
    });
  });

  test('names what ran in no run', () => {
    const embedded = { testResults: [file('a.test.ts', 'skipped', 'pending')] };
    const postgres = { testResults: [file('a.test.ts', 'passed', 'pending')] };
    expect(sumUp([embedded, postgres])).toMatchObject({ skipped: ['a.test.ts: test 1'] });
  });
});
