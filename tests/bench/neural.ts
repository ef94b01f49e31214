import { rm } from 'node:fs/promises';

import { BACKGROUND, wish } from '../../src/services/texts/translations.ts';
import { createBergamot } from '../../translation/engines/bergamot/bergamot.ts';
import { openDirection } from '../../translation/engines/bergamot/direction.ts';
import { compileRuntime } from '../../translation/engines/bergamot/glue.ts';
import { jobOf } from '../../translation/engines/bergamot/jobs.ts';
import { cutSentences } from '../../translation/engines/bergamot/sentences.ts';
import { listInstalled, pathsOf } from '../../translation/engines/bergamot/store.ts';
import type { Engine } from '../../translation/engines/engine.ts';
import { sentencesIn, SENTENCE_LANGUAGES } from '../../translation/check/sentences.ts';
import { installToys } from '../support/toys/installed.ts';
import { quantile, timesOf, type Bench, type Figure } from './figures.ts';
import { addIdeas, openWorkshop, startReader, type BenchText, type Workshop } from './translating.ts';

const LANGUAGES = ['de', 'fr', 'es', 'it'];
const DIRECTIONS = LANGUAGES.flatMap((language) => [`${language}-en`, `en-${language}`]);
const TEXTS = 1_000;
const WISHES = 32;
const ASKED = {
  ratio: 1.3,
  openings: 10,
  wishSeconds: 2,
  openingWishSeconds: 6,
  budgetMegabytes: 1_500,
  afterClose: 1.1,
};
const LOOK_MILLISECONDS = 20;
const MB = 1_000_000;
/** What a toy takes. */
const TOY_BYTES = 290 * MB;
const [OPENING_MS, TASK_MS] = [60_000, 60_000];

type Task = BenchText & { target: string };

/** Toys through the queue beside the same sentences through bare threads, a reader's wishes meanwhile, and the memory of 42 directions. */
export async function benchNeural({ server, say }: Bench): Promise<Figure[]> {
  return [...(await throughTheQueue(server, say)), ...(await openingWishes()), ...(await memoryOfAll())];
}

async function throughTheQueue(server: string, say: Bench['say']): Promise<Figure[]> {
  const folder = await installToys(DIRECTIONS);
  const tasks = Array.from({ length: TEXTS }, (_, n) => taskOf(n));
  const bareSeconds = await throughBareThreads(folder, tasks);
  const { engine, openings } = counting(await open(folder));
  const workshop = await openWorkshop(server, engine);
  try {
    await queue(workshop, tasks);
    const seconds = await workshop.workOff();
    const opened = openings();
    say(`bare threads ${bareSeconds.toFixed(1)} s, the queue ${seconds.toFixed(1)} s, opened: ${opened.join(' ')}`);
    await queue(
      workshop,
      tasks.map((_, n) => taskOf(TEXTS + n)),
    );
    const reader = startReader(workshop, 'en', freshIdea);
    await workshop.workOff(reader.stop);
    return figuresOf({ bareSeconds, seconds, openings: opened.length, waits: reader.waits });
  } finally {
    await workshop.close();
    await rm(folder, { recursive: true });
  }
}

/** Stores these ideas, and that somebody can wait for their translations. */
async function queue({ url, database }: Workshop, tasks: readonly Task[]): Promise<void> {
  const ids = await addIdeas(url, tasks);
  for (const [at, { language, target }] of tasks.entries())
    await wish(database.em(), { id: ids[at] ?? '', language }, [target], { priority: BACKGROUND });
}

/** The eight directions by turns; no two texts are the same, or the memory would answer. */
function taskOf(n: number): Task {
  const [language = '', target = ''] = (DIRECTIONS[n % DIRECTIONS.length] ?? '').split('-');
  const { sentences, titles } = sentencesIn(language) ?? { sentences: [], titles: [] };
  const plain = sentences.filter((sentence) => !/https:|\*\*/.test(sentence));
  const body = [0, 1, 2].map((more) => plain[(n + more) % plain.length]).join(' ');
  return { language, target, title: `${titles[n % titles.length]} ${n}`, body: `${body} ${n}.` };
}

/** Direction after direction in slices as the engine makes them, and nothing else done. */
async function throughBareThreads(folder: string, tasks: readonly Task[]): Promise<number> {
  const compiled = await compileRuntime();
  const started = performance.now();
  for (const installed of await listInstalled(folder)) {
    const { source, target } = installed;
    const start = { compiled, ...pathsOf(folder, installed) };
    const direction = await openDirection(start, { openingMs: OPENING_MS, taskMs: TASK_MS });
    const texts = tasks.filter((each) => each.language === source && each.target === target);
    const sentences = texts.flatMap(({ title, body }) =>
      [title, body].flatMap((text) => cutSentences(text, source).sentences),
    );
    for (const slice of jobOf(installed.direction, sentences, {}).job.slices) await direction.translate(slice);
    await direction.close();
  }
  return (performance.now() - started) / 1_000;
}

async function open(folder: string): Promise<Engine> {
  const environment = { BERGAMOT_MODELS: folder, BERGAMOT_WORKERS: '1' };
  const options = { budget: ASKED.budgetMegabytes * MB, guess: () => TOY_BYTES };
  const opened = await createBergamot(environment, options);
  if (!opened.engine) throw new Error(opened.reason);
  return opened.engine;
}

/** The names of the directions in the order in which they were opened. */
function counting(engine: Engine): { engine: Engine; openings(): string[] } {
  const names: string[] = [];
  let before = new Set<string>();
  const timer = setInterval(() => {
    const now = (engine.workings?.().directions ?? []).map(({ name }) => name);
    names.push(...now.filter((name) => !before.has(name)));
    before = new Set(now);
  }, LOOK_MILLISECONDS);
  const close = (): Promise<void> => {
    clearInterval(timer);
    return engine.close();
  };
  return { engine: { ...engine, close }, openings: () => [...names] };
}

/** A fresh German idea, for somebody who reads English. */
const freshIdea = (count: number): BenchText => taskOf(2 * TEXTS + count * DIRECTIONS.length);

interface Measured {
  bareSeconds: number;
  seconds: number;
  openings: number;
  waits: readonly number[];
}

function figuresOf({ bareSeconds, seconds, openings, waits }: Measured): Figure[] {
  const ratio = seconds / bareSeconds;
  const p95 = quantile(waits, 0.95);
  return [
    {
      what: `${TEXTS} texts in ${DIRECTIONS.length} directions through the queue with toys of Bergamot`,
      against: `bare threads: ${bareSeconds.toFixed(1)} s`,
      asked: `≤ ${ASKED.ratio} ×, directions opened ≤ ${ASKED.openings}`,
      measured: `${ratio.toFixed(2)} ×, ${openings}`,
      ok: ratio <= ASKED.ratio && openings <= ASKED.openings,
    },
    {
      what: "a reader's wish meanwhile in a direction that is open, p95",
      against: `${waits.length} wishes`,
      asked: `< ${ASKED.wishSeconds} s`,
      measured: `${p95.toFixed(2)} s`,
      ok: waits.length > 0 && p95 < ASKED.wishSeconds,
    },
  ];
}

/** Readers ask for eight directions by turns, with room for five and work that waits: each has to be opened. */
async function openingWishes(): Promise<Figure[]> {
  const folder = await installToys(DIRECTIONS);
  const engine = await open(folder);
  const ask = (n: number, more: { urgent?: boolean } = {}) => {
    const { language: source, target, body: text } = taskOf(n);
    return engine.translate({ source, target, texts: [{ id: 'a', text }], ...more });
  };
  const background = Array.from({ length: TEXTS }, (_, n) => ask(n).catch(() => null));
  const waits = await timesOf(WISHES, (n) => ask(TEXTS + n, { urgent: true }));
  await engine.close();
  await Promise.all(background);
  await rm(folder, { recursive: true });
  const p95 = quantile(waits, 0.95) / 1_000;
  return [
    {
      what: "a reader's wish meanwhile in a direction that has to be opened, p95",
      against: `${WISHES} wishes`,
      asked: `< ${ASKED.openingWishSeconds} s`,
      measured: `${p95.toFixed(2)} s`,
      ok: p95 < ASKED.openingWishSeconds,
    },
  ];
}

/** All directions between English and 21 languages asked in turn, with room for five. */
async function memoryOfAll(): Promise<Figure[]> {
  const others = SENTENCE_LANGUAGES.filter((language) => language !== 'en');
  const directions = others.flatMap((language) => [`${language}-en`, `en-${language}`]);
  const folder = await installToys(directions);
  const idle = process.memoryUsage().rss;
  const engine = await open(folder);
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, engine.workings?.().memory ?? 0)), LOOK_MILLISECONDS);
  for (const direction of directions) {
    const [source = '', target = ''] = direction.split('-');
    await engine.translate({ source, target, texts: [{ id: 'a', text: sentencesIn(source)?.titles[0] ?? '' }] });
  }
  clearInterval(timer);
  await engine.close();
  await rm(folder, { recursive: true });
  global.gc?.();
  const after = process.memoryUsage().rss / idle;
  return [
    {
      what: `memory of ${directions.length} directions asked in turn; the process after they are closed`,
      against: `${Math.round(idle / MB)} MB before`,
      asked: `≤ ${ASKED.budgetMegabytes} MB, ≤ ${ASKED.afterClose} ×`,
      measured: `${Math.round(most / MB)} MB, ${after.toFixed(2)} ×`,
      ok: most <= ASKED.budgetMegabytes * MB && after <= ASKED.afterClose,
    },
  ];
}
