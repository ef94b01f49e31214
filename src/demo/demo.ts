import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { lockFolder } from '../platform/db/lock.ts';
import { tidy } from '../platform/db/tidy.ts';
import { loadWords } from '../platform/i18n.ts';
import { createLog } from '../platform/log.ts';
import { readSettings, type Settings } from '../platform/settings.ts';
import { onStop } from '../platform/signals.ts';
import { createThemes } from '../kinds/spaces/spaces.ts';
import { start, type Running } from '../start.ts';
import { ensureApertium } from './apertium.ts';
import { hasNeural, installNeural, NEURAL_ADVICE, NEURAL_FOLDER } from './neural.ts';
import { isSeeded, seed } from './seed.ts';
import { createSignInLinks } from './visitors.ts';
import { addParallelTexts } from './scale.ts';

const FOLDER = '.data/demo';
/** A file that is there while content is stored: an interrupted start is begun anew. */
const FILLING = 'filling';

/** `npm run demo`: a whole platform with real content, on this machine only. `-- --fresh` starts over, `-- --scale N` adds 14,042 texts N times, `-- --neural` installs neural translation. */
await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      fresh: { type: 'boolean', default: false },
      scale: { type: 'string', default: '0' },
      neural: { type: 'boolean', default: false },
    },
  });
  const say = (words: string) => console.log(words);
  let full: Running | null = null;
  // A start that is interrupted begins anew: nothing is to be ended in order before that.
  onStop(async () => full?.stop());
  if (values.neural) installNeural(say);
  const isNeural = await hasNeural().catch(exit);
  const settings = demoSettings(isNeural);
  if (!isNeural) say(NEURAL_ADVICE);
  const isHalf = existsSync(join(settings.dataDir, FILLING));
  if (isHalf) say('The last start was interrupted: it begins anew.');
  if (values.fresh || isHalf) await empty(settings.dataDir);
  const advice = settings.engines.includes('apertium') ? await ensureApertium(say) : null;
  if (advice) say(advice);
  say('Opening the embedded database …');
  const running = await start(settings, createLog(settings.logLevel)).catch(exit);
  await fill(running, Number(values.scale), say);
  full = running;
  await tellAddresses(running, say);
  if (advice) say(advice);
  if (!isNeural) say(NEURAL_ADVICE);
}

/** Ends the program when another one uses the folder. */
async function empty(folder: string): Promise<void> {
  try {
    (await lockFolder(folder)).release();
  } catch (error) {
    exit(error);
  }
  rmSync(folder, { recursive: true, force: true });
}

function demoSettings(isNeural: boolean): Settings {
  const engines = isNeural ? { TRANSLATION_ENGINES: 'bergamot,apertium,none' } : {};
  const defaults = { LOG_LEVEL: 'warn', DATA_DIR: FOLDER, BERGAMOT_MODELS: NEURAL_FOLDER, ...engines };
  try {
    return readSettings({ ...defaults, ...process.env }, { demo: true });
  } catch (error) {
    return exit(error);
  }
}

async function fill({ house }: Running, scale: number, say: (words: string) => void): Promise<void> {
  const { database, languages, settings } = house;
  await languages.ready;
  await createThemes(database.em(), (await loadWords()).languages);
  if (!(await isSeeded(database.em()))) {
    const filling = join(settings.dataDir, FILLING);
    writeFileSync(filling, '');
    await seed(database.em(), languages, say);
    rmSync(filling);
  }
  for (let round = 0; round < scale; round++) await addParallelTexts(database.em(), languages, say);
  await tidy(database);
}

async function tellAddresses({ house, port }: Running, say: (words: string) => void): Promise<void> {
  const { settings, database, languages } = house;
  say(
    `\nPolyphony is on http://localhost:${port}\n\nSign in as (the links work once, on this machine, until tomorrow):`,
  );
  for (const { role, name, url } of await createSignInLinks(database.em(), settings.publicUrl))
    say(`  ${role.padEnd(14)} ${name.padEnd(18)} ${url}`);
  say(
    `\nMails are kept on http://localhost:${port}/outbox. Stop with Ctrl+C; the content stays in ${settings.dataDir}.`,
  );
  if (languages.translator.engines().some((engine) => engine.name === 'apertium'))
    say('Translations arrive while you read.');
}

function exit(error: unknown): never {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
