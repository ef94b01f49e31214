import { existsSync } from 'node:fs';
import { setGlobalProxyFromEnv } from 'node:http';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';

import { whyTooSmall } from '#translation/engines/bergamot/bergamot.ts';
import { type Installed, listInstalled } from '#translation/engines/bergamot/store.ts';
import { formatNumber } from '../../platform/formats.ts';
import { readSettings, type Settings } from '../../platform/settings.ts';
import { choose, type Offered, pinnedOffers } from './models/catalogue.ts';
import { importFolder, install, missingOf, type Outcome, sizesOf } from './models/install.ts';
import { readOffers } from './models/offers.ts';
import { modelsFolder, type Proof, proveInstalled } from './models/proof.ts';

const USAGE = 'The one engine that is installed here is bergamot, as in: engine install bergamot --languages de,fr,pl';
const LICENSE =
  'The models are by Mozilla and others, under the Mozilla Public License 2.0 (https://mozilla.org/MPL/2.0/).';

const OPTIONS = {
  languages: { type: 'string' },
  from: { type: 'string' },
  yes: { type: 'boolean', default: false },
  small: { type: 'boolean', default: false },
  latest: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
} as const;

function read(words: readonly string[]) {
  const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  if (positionals.length !== 1 || positionals[0] !== 'bergamot') throw new Error(USAGE);
  // NODE_USE_ENV_PROXY would have to be set before the start.
  setGlobalProxyFromEnv();
  return values;
}

/** Fetches models, proves each direction and enables those that pass. Exit code 1 when one could not be had or did not pass. */
export async function installModels(words: readonly string[]): Promise<number> {
  const values = read(words);
  const settings = readSettings(process.env);
  const { from } = values;
  if (from !== undefined && existsSync(from)) return importAll(settings, from);
  const { offers, host } = await readOffers({ mirror: from, isLatest: values.latest, isSmall: values.small });
  const { chosen, missing } = choose(offers, await languagesOf(values, settings, offers));
  if (missing.length > 0) console.log(`Not on offer: ${missing.join(', ')}.`);
  if (missing.some((name) => /\b(?:ga|mt)\b/.test(name)))
    console.log('Irish and Maltese are what the engine etranslation has.');
  return fetchAll(settings, chosen, { host, isAgreed: values.yes, isDry: values['dry-run'] });
}

/** Fetches what the catalogue of this release has newer than what is installed. */
export async function updateModels(words: readonly string[]): Promise<number> {
  const values = read(words);
  const settings = readSettings(process.env);
  const installed = await listInstalled(modelsFolder(settings.engineEnvironment));
  const { offers, host } = await readOffers({ mirror: values.from, isLatest: values.latest, isSmall: values.small });
  const newer = offers.filter(({ direction, version }) =>
    installed.some(
      (each) => each.direction === direction && Number.parseFloat(each.version) < Number.parseFloat(version),
    ),
  );
  if (newer.length > 0) return fetchAll(settings, newer, { host, isAgreed: values.yes, isDry: values['dry-run'] });
  console.log(`${installed.length} directions are installed, and none is offered newer.`);
  return 0;
}

/** Those that were named, or all of the platform; asked for at a terminal. */
async function languagesOf(
  { languages, yes }: { languages?: string; yes: boolean },
  settings: Settings,
  offers: readonly Offered[],
): Promise<string[]> {
  const offered = [...new Set(offers.flatMap(({ source, target }) => [source, target]))].filter(
    (code) => code !== 'en',
  );
  const own = settings.languages.filter((code) => offered.includes(code) || code === 'ga' || code === 'mt');
  if (languages === 'all') return offered.toSorted();
  const said = languages ?? (yes ? '' : await ask(`Languages, with commas between (Enter: ${own.join(',')}): `));
  return said.trim() === '' ? own : said.split(',').map((code) => code.trim());
}

/** Nothing where nobody can be asked. */
async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) return '';
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

interface Fetching {
  host: string;
  /** Nobody has to be asked. */
  isAgreed: boolean;
  /** Only say what would be done. */
  isDry: boolean;
}

async function fetchAll(
  settings: Settings,
  chosen: readonly Offered[],
  { host, isAgreed, isDry }: Fetching,
): Promise<number> {
  if (chosen.length === 0) throw new Error('There is nothing to install.');
  const tooSmall = whyTooSmall(settings.engineEnvironment);
  // Before hundreds of megabytes are fetched for nothing.
  if (tooSmall !== null) throw new Error(tooSmall);
  const folder = modelsFolder(settings.engineEnvironment);
  const missing = await missingOf(folder, chosen);
  const { packed, unpacked, files } = sizesOf(missing);
  console.log(`${LICENSE} They come from ${host}: ${files} files, ${mb(packed)}; no text is sent there.`);
  console.log(`They take ${mb(unpacked)} in ${folder}, and 300 to 560 MB of memory for each direction that is open.`);
  if (isDry) {
    for (const { direction, architecture, version } of chosen)
      console.log(`  ${direction}  ${architecture} ${version}`);
    return 0;
  }
  if (!isAgreed && !/^y(es)?$/i.test((await ask('Install them? [y/N] ')).trim())) {
    console.log('Nothing was installed. Where nobody can be asked, add --yes.');
    return 1;
  }
  const outcomes = await install(folder, chosen, { ...progress(missing), onOutcome: tell });
  if (outcomes.some(({ outcome }) => outcome === 'failed'))
    console.log('What has come is kept: the same command goes on there.');
  return finish(settings, outcomes);
}

async function importAll(settings: Settings, from: string): Promise<number> {
  console.log(LICENSE);
  const outcomes = await importFolder(modelsFolder(settings.engineEnvironment), from, pinnedOffers(), tell);
  if (outcomes.length === 0) console.log(`✗ ${from} has no files such as model.deen.intgemm.alphas.bin.`);
  return outcomes.length === 0 ? 1 : finish(settings, outcomes);
}

function tell({ direction, outcome, reason }: Outcome): void {
  const words = { installed: 'is here', kept: 'was here already', failed: `could not be installed: ${reason}` };
  const line = process.stdout.isTTY ? CLEAR_LINE : '';
  console.log(`${line}${outcome === 'failed' ? '✗' : '✓'} ${direction} ${words[outcome]}`);
}

const CLEAR_LINE = '\r\u001B[K';

/** A line that changes, at a terminal; elsewhere the outcomes are enough. */
function progress(missing: readonly Offered[]) {
  if (!process.stdout.isTTY) return {};
  const total = sizesOf(missing).packed;
  const received = new Map<string, number>();
  return {
    onProgress: (direction: string, file: string, bytes: number): void => {
      received.set(`${direction} ${file}`, bytes);
      const sum = [...received.values()].reduce((all, each) => all + each, 0);
      process.stdout.write(`${CLEAR_LINE}${direction} ${file} ${mb(sum)} of ${mb(total)}`);
    },
  };
}

/** What has just come is proved before it is enabled. */
async function finish(settings: Settings, outcomes: readonly Outcome[]): Promise<number> {
  const names = outcomes.filter(({ outcome }) => outcome !== 'failed').map(({ direction }) => direction);
  const folder = modelsFolder(settings.engineEnvironment);
  const isToProve = ({ direction, enabled }: Installed): boolean => names.includes(direction) && !enabled;
  if ((await listInstalled(folder)).some(isToProve)) console.log('\nChecking, some seconds a direction …');
  const proofs = await proveInstalled(settings, isToProve, tellProof);
  const enabled = (await listInstalled(folder)).filter((each) => each.enabled);
  console.log(`\n${enabled.length} directions are enabled.`);
  if (enabled.length > 0 && !settings.engines.includes('bergamot'))
    console.log(
      `Put this line into .env and start anew:\nTRANSLATION_ENGINES=${['bergamot', ...settings.engines].join(',')}`,
    );
  if (outcomes.some(({ reason }) => reason?.includes('answers 404')))
    console.log(
      'Files that are gone may have been replaced: try again with --latest, which asks for the list of today.',
    );
  const isWell = proofs.every(({ verdict }) => verdict.faults.length === 0);
  return isWell && outcomes.every(({ outcome }) => outcome !== 'failed') ? 0 : 1;
}

function tellProof({ direction, verdict }: Proof): void {
  const { faults, chrf, milliseconds } = verdict;
  const facts = `chrF ${(chrf ?? 0).toFixed(0)}, ${milliseconds} ms a sentence`;
  console.log(
    faults.length === 0 ? `✓ ${direction} passed: ${facts}` : `✗ ${direction} is not enabled: ${faults.join(' ')}`,
  );
}

const mb = (bytes: number): string => `${formatNumber(Math.ceil(bytes / 1_000_000), 'en')} MB`;
