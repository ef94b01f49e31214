import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

const CSS = filesIn('public/css/', '.css').replaceAll(/\/\*[\s\S]*?\*\//g, '');
const MARKUP = filesIn('src/', '.ts') + filesIn('public/js/', '.js');

test('every class with a style is used by a view or a script', () => {
  const styled = [...new Set([...CSS.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = '']) => name))];
  expect(styled.length).toBeGreaterThan(50);
  expect(styled.filter((name) => !new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(MARKUP))).toEqual([]);
});

test('every token is used, and only tokens name a colour', () => {
  const tokens = readFileSync(fileURLToPath(new URL('../../public/css/tokens.css', import.meta.url)), 'utf8');
  const names = [...new Set([...tokens.matchAll(/^\s*(--[\w-]+):/gm)].map(([, name = '']) => name))];
  expect(names.filter((name) => !CSS.includes(`var(${name})`))).toEqual([]);
  const others = CSS.replace(tokens.replaceAll(/\/\*[\s\S]*?\*\//g, ''), '');
  expect(others.match(/#[\da-f]{3,8}\b|\brgba?\(/gi) ?? []).toEqual([]);
});

function filesIn(folder: string, ending: string): string {
  const root = fileURLToPath(new URL(`../../${folder}`, import.meta.url));
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith(ending));
  return paths.map((path) => readFileSync(root + path, 'utf8')).join('\n');
}
