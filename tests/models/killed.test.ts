import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

import { eventually } from '../support/polyphony.ts';
import { killLaunched, launchProgram, runCommand } from '../support/program.ts';
import { temporaryFolder } from '../support/toys/installed.ts';
import { serveRegistry } from '../support/toys/registry.ts';

const MODEL = '/files/model.de-en.plain';
const CUT = 150_000;

afterAll(killLaunched);

test('Carlos, whose machine lost power in the middle of a file, says the same command again: it goes on there', async () => {
  const [folder, registry] = [await temporaryFolder(), await serveRegistry(['de-en'], { packing: 'plain' })];
  const environment = { BERGAMOT_MODELS: folder, BERGAMOT_MEMORY_MB: '600' };
  const words = ['engine', 'install', 'bergamot', '--languages', 'de', '--yes', '--from', registry.url];
  registry.faults.set(MODEL, { cutAfter: CUT, isSilent: true });
  const program = await launchProgram(environment, 'src/commands/polyphony.ts', words);
  const incoming = join(folder, '.incoming', 'de-en-tiny-3.0');
  await eventually(async () => {
    const [part = ''] = await readdir(incoming);
    expect((await stat(join(incoming, part))).size).toBe(CUT);
  }, 40);
  await program.kill();
  registry.faults.clear();
  registry.requests.length = 0;
  const { code, lines } = await runCommand(words, environment);
  registry.close();
  await rm(folder, { recursive: true });
  expect(registry.requests).toContainEqual({ path: MODEL, range: `bytes=${CUT}-` });
  expect(lines).toContain('1 directions are enabled.');
  expect(code).toBe(0);
});
