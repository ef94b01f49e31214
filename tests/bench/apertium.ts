import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { BACKGROUND, wishEagerly } from '../../src/services/texts/translations.ts';
import { createApertium } from '../../translation/engines/apertium/apertium.ts';
import { MODES, modesOf, pairsOf } from '../../translation/engines/apertium/chains.ts';
import { affordableMegabytes } from '../../translation/engines/apertium/megabytes.ts';
import { readMode } from '../../translation/engines/apertium/modes.ts';
import { encode } from '../../translation/engines/apertium/stream.ts';
import { quantile, type Bench, type Figure } from './figures.ts';
import { memoryOf } from './processes.ts';
import { addIdeas, openWorkshop, readIdeas, startReader, type BenchText } from './translating.ts';

const LANGUAGES = ['es', 'fr', 'it', 'pt', 'en'];
const IDEAS = 1_000;
const ASKED = { ratio: 0.5, characters: 10_000, megabytes: 1_024, wishSeconds: 1 };
const PIPES_AT_ONCE = 2;
const MODES_FOLDER = '/usr/share/apertium/modes';

/** A thousand ideas among five languages through the queue, beside the same characters through bare pipes; a reader's wishes meanwhile. */
export async function benchApertium({ server, say }: Bench): Promise<Figure[]> {
  const engine = await createApertium();
  if (!engine) {
    say('Translating with Apertium was not measured: it is not installed.');
    return [];
  }
  const ideas = await readIdeas(IDEAS, LANGUAGES);
  const characters = ideas.reduce(
    (sum, { title, body }) => sum + (title.length + body.length) * (LANGUAGES.length - 1),
    0,
  );
  const bareSeconds = await throughBarePipes(ideas);
  const workshop = await openWorkshop(server, engine);
  try {
    const ids = await addIdeas(workshop.url, ideas);
    for (const [index, { language }] of ideas.entries())
      await wishEagerly(workshop.database.em(), workshop.languages, { id: ids[index] ?? '', language }, BACKGROUND);
    const reader = startReader(workshop, 'pt', freshIdea);
    const memory = watchChildren();
    const seconds = await workshop.workOff(reader.stop);
    const megabytes = memory.stop();
    const { waits } = reader;
    say(
      `${characters} characters; bare pipes ${bareSeconds.toFixed(1)} s, the pipeline ${seconds.toFixed(1)} s; ${waits.length} wishes meanwhile`,
    );
    return figures({ characters, bareSeconds, seconds, waits, megabytes });
  } finally {
    await workshop.close();
  }
}

interface Measured {
  characters: number;
  bareSeconds: number;
  seconds: number;
  waits: readonly number[];
  megabytes: number;
}

function figures({ characters, bareSeconds, seconds, waits, megabytes }: Measured): Figure[] {
  const ratio = bareSeconds / seconds;
  const rate = characters / seconds;
  const p95 = quantile(waits, 0.95);
  return [
    {
      what: `${IDEAS} ideas among ${LANGUAGES.join(' ')} through the queue with Apertium`,
      against: `bare pipes: ${Math.round(characters / bareSeconds)} characters/s`,
      asked: `≥ ${ASKED.ratio} × and ≥ ${ASKED.characters} characters/s`,
      measured: `${ratio.toFixed(2)} ×, ${Math.round(rate)} characters/s`,
      ok: ratio >= ASKED.ratio && rate >= ASKED.characters,
    },
    {
      what: "a reader's wish meanwhile, p95",
      against: `${waits.length} wishes, the longest ${Math.max(...waits).toFixed(2)} s`,
      asked: `< ${ASKED.wishSeconds} s`,
      measured: `${p95.toFixed(2)} s`,
      ok: waits.length > 0 && p95 < ASKED.wishSeconds,
    },
    {
      what: "Apertium's processes meanwhile, at most",
      against: '–',
      asked: `< ${ASKED.megabytes} MB`,
      measured: `${megabytes.toFixed(0)} MB`,
      ok: megabytes < ASKED.megabytes,
    },
  ];
}

/** Every pair's texts in one go through the processes of its modes, as a shell would: nothing is waited for between two texts. */
async function throughBarePipes(ideas: readonly BenchText[]): Promise<number> {
  const pairs = pairsOf(new Set(MODES.values()), affordableMegabytes()).filter(
    ({ source, target }) => LANGUAGES.includes(source) && LANGUAGES.includes(target),
  );
  const waiting = [...pairs];
  const started = performance.now();
  const one = async () => {
    for (let pair = waiting.pop(); pair; pair = waiting.pop()) {
      const { source } = pair;
      const texts = ideas.filter(({ language }) => language === source);
      let stream = texts.map(({ title, body }) => `${encode(title).stream}[]\n${encode(body).stream}`).join('[]\n');
      for (const mode of modesOf(pair)) stream = await throughMode(mode, stream);
    }
  };
  await Promise.all(Array.from({ length: PIPES_AT_ONCE }, one));
  return (performance.now() - started) / 1_000;
}

async function throughMode(mode: string, stream: string): Promise<string> {
  const stages = (await readMode(MODES_FOLDER, mode)) ?? [];
  const children = stages.map(({ command, args }) =>
    spawn(
      command,
      args.filter((arg) => arg !== '-z'),
      { stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, LC_ALL: 'C.UTF-8' } },
    ),
  );
  children.reduce((before, after) => (before.stdout.pipe(after.stdin), after));
  const [first, last] = [children.at(0), children.at(-1)];
  if (!first || !last) throw new Error(`The mode ${mode} is not installed.`);
  const parts: Buffer[] = [];
  last.stdout.on('data', (part: Buffer) => parts.push(part));
  first.stdin.end(stream);
  await once(last, 'close');
  return Buffer.concat(parts).toString('utf8');
}

/** A fresh Spanish idea, for somebody who reads Portuguese. */
const freshIdea = (count: number): BenchText => ({
  language: 'es',
  title: `Trenes nocturnos ${count}`,
  body: `Debemos invertir más en energías renovables. Es la idea número ${count} de esta semana.`,
});

/** The most that our children held together, in megabytes. */
function watchChildren(): { stop(): number } {
  let most = 0;
  const timer = setInterval(() => {
    const own = memoryOf(process.pid);
    most = Math.max(
      most,
      own
        .slice(1)
        .filter(({ name }) => name !== 'postgres')
        .reduce((sum, { megabytes }) => sum + megabytes, 0),
    );
  }, 500);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}
