import { globSync } from 'node:fs';
import { resolve } from 'node:path';

import { expect, test } from 'vitest';

import { COMMANDS } from '../src/commands/commands.ts';

const FILES = globSync('src/**/*.command.ts');

test('every command that is written can be typed, and what is listed loads', async () => {
  expect(FILES.length).toBeGreaterThan(10);
  const listed = await Promise.all(Object.values(COMMANDS).map(({ load }) => load()));
  const written = await Promise.all(FILES.map(async (file) => Object.values<unknown>(await import(resolve(file)))));
  expect(new Set(listed)).toEqual(new Set(written.flat()));
  expect(new Set(listed).size).toBe(listed.length);
});

test.each(Object.entries(COMMANDS))('help says how to type `%s`', (name, { help }) => {
  expect(help).toMatch(new RegExp(`^${name} `));
});
