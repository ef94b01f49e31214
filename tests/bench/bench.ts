// `npm run bench`: everything, or the benchmarks named. `--json` prints the figures alone, `--minutes 1` shortens the watch on memory.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { startCluster } from '../support/postgres.ts';
import { killLaunched } from '../support/program.ts';
import { benchActs } from './acts.ts';
import { benchApertium } from './apertium.ts';
import { benchCache } from './cache.ts';
import { benchDetection, printDetection } from './detection.ts';
import { benchFederation } from './federation.ts';
import type { Bench, Figure } from './figures.ts';
import { benchList } from './list.ts';
import { benchLive } from './live.ts';
import { benchOverhead } from './overhead.ts';
import { benchMemory } from './memory.ts';
import { benchNeural } from './neural.ts';
import { benchPages } from './pages.ts';
import { benchPost } from './post.ts';
import { benchSaved } from './saved.ts';
import { benchWeek } from './week.ts';
import { benchWords } from './words.ts';

const BENCHMARKS: Record<string, (bench: Bench) => Promise<Figure[]>> = {
  cache: benchCache,
  list: benchList,
  week: benchWeek,
  post: benchPost,
  pages: benchPages,
  acts: benchActs,
  live: benchLive,
  overhead: benchOverhead,
  saved: benchSaved,
  federation: benchFederation,
  apertium: benchApertium,
  neural: benchNeural,
  words: benchWords,
  memory: benchMemory,
};
const RESULTS = new URL('results.json', import.meta.url);

await main();

async function main(): Promise<void> {
  const options = { json: { type: 'boolean', default: false }, minutes: { type: 'string', default: '5' } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const say = (words: string) => console.error(words);
  const { url, remove } = await serverToUse();
  process.once('SIGINT', () => void cleanUp().then(() => process.exit(130)));
  try {
    const names = positionals.length > 0 ? positionals : [...Object.keys(BENCHMARKS), 'detection'];
    const figures = await run(names, { server: url, minutes: Number(values.minutes), say });
    const detection = names.includes('detection') ? await benchDetection() : {};
    report({ measuredAt: new Date().toISOString(), node: process.version, figures, detection }, values.json);
  } finally {
    await cleanUp();
  }

  async function cleanUp(): Promise<void> {
    killLaunched();
    await remove();
  }
}

async function run(names: readonly string[], bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const name of names.filter((each) => each !== 'detection')) {
    const benchmark = BENCHMARKS[name];
    if (!benchmark)
      throw new Error(`There is no benchmark "${name}"; there are ${Object.keys(BENCHMARKS).join(', ')}, detection.`);
    bench.say(`Measuring: ${name} …`);
    figures.push(...(await benchmark(bench)));
  }
  return figures;
}

/** The server of the environment, on which databases may be made, or a temporary one. */
async function serverToUse(): Promise<{ url: string; remove(): Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL'];
  return given ? { url: given, remove: async () => {} } : startCluster();
}

interface Results {
  measuredAt: string;
  node: string;
  figures: readonly Figure[];
  detection: Awaited<ReturnType<typeof benchDetection>>;
}

function report(results: Results, asJson: boolean): void {
  const json = JSON.stringify(results, null, 2);
  writeFileSync(RESULTS, json);
  if (asJson) {
    console.log(json);
    return;
  }
  const { figures, detection } = results;
  if (figures.length > 0)
    console.table(figures.map(({ ok, ...figure }) => ({ ...figure, '': ok === null ? '' : ok ? 'ok' : 'short' })));
  printDetection(detection);
}
