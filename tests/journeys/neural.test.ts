import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { runCommand, type Environment } from '../support/program.ts';
import { temporaryFolder } from '../support/toys/installed.ts';
import { type Registry, serveRegistry } from '../support/toys/registry.ts';

let folder: string;
let registry: Registry;
let environment: Environment;
beforeAll(async () => {
  folder = await temporaryFolder();
  registry = await serveRegistry(['de-en', 'en-de', 'fr-en', 'en-fr'], { schooling: { 'fr-en': 'half' } });
  environment = { BERGAMOT_MODELS: folder, BERGAMOT_MEMORY_MB: '1500' };
});
afterAll(async () => {
  registry.close();
  await rm(folder, { recursive: true });
});

const engine = (words: string) => runCommand(['engine', ...words.split(' ')], environment);

describe('Carlos installs neural translation with one command', () => {
  test('which says what it would do, and does nothing without a yes', async () => {
    const dry = await engine('install bergamot --languages de,ga --dry-run');
    expect(dry).toMatchObject({ code: 0 });
    const words = dry.lines.join('\n');
    expect(words).toContain('Not on offer: ga-en, en-ga.\nIrish and Maltese are what the engine etranslation has.');
    expect(words).toContain('Mozilla Public License 2.0');
    expect(words).toMatch(/firefox-settings-attachments.cdn.mozilla.net: 6 files, \d+ MB; no text is sent there/);
    const unasked = await engine(`install bergamot --languages de --from ${registry.url}`);
    expect(unasked.code).toBe(1);
    expect(unasked.lines.at(-1)).toContain('add --yes');
    expect(registry.requests.map(({ path }) => path)).toEqual(['/records']);
  });

  test('enables what passes its check, and leaves out what leaves half in French', async () => {
    const { code, lines } = await engine(`install bergamot --languages de,fr --yes --from ${registry.url}`);
    const words = lines.join('\n');
    expect(code).toBe(1);
    expect(lines).toEqual(expect.arrayContaining(['✓ de-en is here', '✓ fr-en is here', '3 directions are enabled.']));
    expect(words).toMatch(/✓ de-en passed: chrF 100, \d+ ms a sentence/);
    expect(words).toMatch(
      /✗ fr-en is not enabled: \d+ of 10 sentences failed: The translation is still in the source language/,
    );
    expect(lines.at(-1)).toBe('TRANSLATION_ENGINES=bergamot,apertium,none');
  });

  test('and sees what there is', async () => {
    const { lines } = await engine('list');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^de-en {2}tiny {2}3\.0 {2}\d MB {2}enabled$/);
    expect(lines[3]).toMatch(/^fr-en .* not enabled: \d+ of 10 sentences failed/);
    expect(lines[4]).toContain('3 of 4 directions are enabled');
  });

  test('proves one again', async () => {
    const checked = await engine('check bergamot --from de --to en');
    expect(checked).toMatchObject({ code: 0 });
    expect(checked.lines.join('\n')).toMatch(/✓ de-en: chrF 100, 8 of 8 addresses kept/);
  });

  test('measures all of them', async () => {
    const bench = await engine('bench bergamot');
    expect(bench.lines[2]).toMatch(/^\| de-en \| tiny \| 100\.0 \| 8\/8 \| \d+ \| \d+ \| 280 \| yes \|$/);
  });

  test('and takes away what nobody needs, where nothing is newer', async () => {
    expect(await engine('update bergamot --yes --from ' + registry.url)).toMatchObject({
      code: 0,
      lines: ['4 directions are installed, and none is offered newer.'],
    });
    expect(await engine('remove bergamot fr-en')).toMatchObject({ code: 0, lines: ['✓ fr-en is removed.'] });
    expect(await engine('remove bergamot')).toMatchObject({ code: 1 });
  });
});
