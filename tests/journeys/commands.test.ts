import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { COMMANDS } from '../../src/commands/commands.ts';
import { installed } from '../support/apertium.ts';
import { databaseHome, folderHome, type Home } from '../support/homes.ts';
import { runCommand, type Environment } from '../support/program.ts';
import { serverUrl } from '../support/server.ts';

const SPANISH = 'Debemos invertir más en energías renovables y en el transporte público.';
const PORTUGUESE = 'Devemos investir mais em energias renováveis e no transporte público.';

let home: Home;
beforeAll(async () => (home = await (serverUrl ? databaseHome() : folderHome())));
afterAll(() => home.remove());

const run = (words: string, input = '') => runCommand(words.split(' '), home.environment, input);
const asLines = (...texts: string[]) => texts.map((text) => JSON.stringify({ text })).join('\n');

describe('what operators type', () => {
  test('doctor says that nothing has been set up yet, and what to do', async () => {
    const { code, lines } = await run('doctor');
    expect(code).toBe(1);
    expect(lines).toContain('✗ The tables are older than this version. Run: npm run polyphony -- migrate');
    expect(await run('translation export')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('polyphony -- migrate'),
    });
  });

  test('setup can be repeated, and migrate has nothing to do after it', async () => {
    expect(await run('setup --email ada@example.org')).toMatchObject({
      code: 0,
      lines: expect.arrayContaining(['Themes created: 10', 'Administrator: ada@example.org']),
    });
    expect(await run('setup --email ada@example.org')).toMatchObject({
      code: 0,
      lines: expect.arrayContaining(['Themes created: 0', 'Administrator: ada@example.org']),
    });
    expect(await run('migrate')).toMatchObject({ code: 0, lines: ['The tables are up to date.'] });
    const { code, lines } = await run('doctor');
    expect(code).toBe(0);
    expect(lines).toEqual(expect.arrayContaining(['✓ The tables are up to date.', '✓ 10 spaces.']));
  });

  test('Node keeps what it compiled beside the data; where that cannot be, commands do without', async () => {
    const { environment, remove } = await folderHome();
    const folder = environment['DATA_DIR'] ?? '';
    const compiled = join(folder, 'compiled');
    const detect = (where: Environment) =>
      runCommand(['detect'], { NODE_COMPILE_CACHE: '', ...where }, asLines(SPANISH));
    const { code, lines } = await detect(environment);
    expect(code).toBe(0);
    expect((await readdir(compiled, { recursive: true })).length).toBeGreaterThan(50);

    await rm(compiled, { recursive: true });
    await writeFile(compiled, '');
    expect(await detect(environment)).toMatchObject({ code: 0, lines, errors: '' });

    const none = join(folder, 'none');
    expect(await detect({ DATA_DIR: none })).toMatchObject({ code: 0, lines, errors: '' });
    expect(existsSync(none)).toBe(false);
    await remove();
  });

  test('help tells all commands, and so does a word that is none', async () => {
    const help = await run('help');
    expect(help).toMatchObject({ code: 0, lines: [] });
    for (const { help: line } of Object.values(COMMANDS)) expect(help.errors).toContain(`\n  ${line}\n`);
    expect(await runCommand([], home.environment)).toMatchObject({ code: 0, errors: help.errors });
    expect(await run('dance')).toMatchObject({ code: 2, errors: help.errors });
  });

  test('person create prints the token alone on its last line, and refuses what is wrong in a sentence', async () => {
    const { code, lines } = await run(
      'person create --name Ada --email lovelace@example.org --role moderator,organizer --token',
    );
    expect(code).toBe(0);
    expect(lines).toEqual(['Ada is @ada, moderator, organizer.', expect.stringMatching(/^[\w-]{43}$/)]);
    expect(await run('person create --name Ada --email nowhere')).toMatchObject({
      code: 1,
      lines: [],
      errors: '--email is not right.\n',
    });
    expect(await run('person create --name Ada --email a@example.org --role king')).toMatchObject({
      code: 1,
      errors: '--role is not right.\n',
    });
  });

  test('detect answers line by line, in order', async () => {
    const { code, lines } = await run(
      'detect',
      asLines(SPANISH, 'Wir brauchen mehr Züge in der Nacht.', 'Потрібно більше поїздів вночі.'),
    );
    expect(code).toBe(0);
    const answers = lines.map((line) => JSON.parse(line));
    expect(answers.slice(0, 2).map(({ language }) => language)).toEqual(['es', 'de']);
    expect(answers).toHaveLength(3);
    expect(answers[0]).toMatchObject({ confidence: expect.any(Number), sure: true, alternatives: expect.any(Array) });
  });

  test.skipIf(!installed)('translate answers line by line, in order, and says when it cannot', async () => {
    const { code, lines } = await run('translate --from es --to pt', asLines(SPANISH, 'Los ríos.', SPANISH));
    expect(code).toBe(0);
    const answers = lines.map((line) => JSON.parse(line));
    expect(answers.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
    expect([answers[0], answers[2]]).toEqual(
      Array.from({ length: 2 }, () => ({ text: PORTUGUESE, state: 'ready', engine: 'apertium', via: null })),
    );
    const unsupported = await run('translate --from es --to mt', asLines(SPANISH));
    expect(unsupported).toMatchObject({ code: 0, lines: ['{"text":null,"state":"unsupported","engine":null}'] });
    expect(await run('translate --from es')).toMatchObject({
      code: 1,
      errors: 'translate needs --from and --to, as in: translate --from es --to pt\n',
    });
  });

  test.each([
    ['{"text": "Europa"}\nEuropa', 'Line 2 is not JSON.'],
    ['{"words": "Europa"}\r\n\r\n{"text": "Europa"}\r\n', 'Line 1: an object with "text" is expected.'],
  ])('F6: a line that is none is named, and the others go on: %j', async (input, sentence) => {
    const { code, lines, errors } = await run('detect', input);
    expect({ code, errors }).toEqual({ code: 1, errors: `${sentence}\n` });
    expect(lines).toHaveLength(1);
  });

  test.each(['\u2028', '\u2029', '\u0085', '\u000B'])('F6: only LF and CRLF end a line, %j does not', async (sign) => {
    const { code, lines, errors } = await run('detect', `{"text": "Trenes${sign}nocturnos"}\n`.replace('\u000B', ' '));
    expect({ code, errors, lines: lines.length }).toEqual({ code: 0, errors: '', lines: 1 });
  });
});
