import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { launchProgram, type Program } from '../support/program.ts';
import type { Bench, Figure } from './figures.ts';
import { memoryOf } from './processes.ts';

const ASKED_FIRST_SECONDS = 40;
const ASKED_SECOND_SECONDS = 8;
const ASKED_MEGABYTES = 1_024;
const DEADLINE_SECONDS = 120;

/** The demonstration: how soon its first page is there, at the first start and at the second, and what it holds after some minutes. */
export async function benchMemory({ minutes, say }: Bench): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'polyphony-demo-'));
  try {
    const first = await startDemo(folder);
    await new Promise((resolve) => setTimeout(resolve, minutes * 60_000));
    const parts = memoryOf(first.program.pid);
    say(parts.map(({ name, megabytes }) => `${name}: ${megabytes.toFixed(0)} MB`).join('\n'));
    await first.program.stop();
    const second = await startDemo(folder);
    await second.program.stop();
    const sum = parts.reduce((total, { megabytes }) => total + megabytes, 0);
    return [
      starting('the first start', first.seconds, ASKED_FIRST_SECONDS),
      starting('the second start', second.seconds, ASKED_SECOND_SECONDS),
      {
        what: `the demonstration's memory after ${minutes} minutes`,
        against: `${parts.length} processes`,
        asked: `≤ ${ASKED_MEGABYTES} MB`,
        measured: `${sum.toFixed(0)} MB`,
        ok: sum <= ASKED_MEGABYTES,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function starting(which: string, seconds: number, asked: number): Figure {
  return {
    what: `the demonstration's first page, ${which}`,
    against: '–',
    asked: `≤ ${asked} s`,
    measured: `${seconds.toFixed(1)} s`,
    ok: seconds <= asked,
  };
}

/** Starts it, and waits until it has told its address and shows ideas. */
async function startDemo(folder: string): Promise<{ program: Program; seconds: number }> {
  const started = performance.now();
  const program = await launchProgram({ DATA_DIR: folder, HOST: '127.0.0.1' }, 'src/demo/demo.ts');
  const seconds = () => (performance.now() - started) / 1_000;
  while (!program.output().includes('Polyphony is on') || !(await showsIdeas(program))) {
    if (seconds() > DEADLINE_SECONDS) throw new Error(`The demonstration shows nothing: ${program.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { program, seconds: seconds() };
}

async function showsIdeas({ url }: Program): Promise<boolean> {
  const answer = await fetch(`${url}/en/ideas`);
  return answer.ok && (await answer.text()).includes('class="card"');
}
