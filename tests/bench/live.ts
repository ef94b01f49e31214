import { io, type Socket } from 'socket.io-client';

import { databaseHome, folderHome, setUp, type Home } from '../support/homes.ts';
import { startProgram, untilReady, type Program } from '../support/program.ts';
import { spanishSentences } from '../support/sentences.ts';
import { quantile, type Bench, type Figure } from './figures.ts';

const ROUNDS = 50;
/** Long enough that all translations of one idea are made before the next. */
const PAUSE_MILLISECONDS = 700;
const ASKED_MILLISECONDS = 1_000;
const DEADLINE_MILLISECONDS = 20_000;

/** From the answer to somebody who wrote in Spanish to the Portuguese words on the screen of somebody else. */
export async function benchLive({ server }: Bench): Promise<Figure[]> {
  return [
    await measure('one process, embedded database', await folderHome(), ['all']),
    await measure('web and worker on PostgreSQL', await databaseHome(server), ['web', 'worker']),
  ];
}

async function measure(how: string, home: Home, roles: readonly string[]): Promise<Figure> {
  const programs: Program[] = [];
  try {
    const [token = ''] = await setUp(home, [{ name: 'Ana' }]);
    for (const role of roles) programs.push(await startProgram({ ...home.environment, ROLE: role }));
    const [web] = programs;
    if (!web) throw new Error('Nothing runs.');
    await untilReady(web);
    return figure(how, await rounds(web, token));
  } finally {
    for (const program of programs) await program.stop();
    await home.remove();
  }
}

interface Round {
  /** Until the line said so, and until the words were there. In milliseconds since the answer. */
  told: number;
  shown: number;
}

async function rounds(web: Program, token: string): Promise<Round[]> {
  const screen = io(web.url, { transports: ['websocket'] });
  try {
    await screen.emitWithAck('watch', { rooms: ['space:climate'], lang: 'pt' });
    const all: Round[] = [];
    for (const sentence of spanishSentences().slice(0, ROUNDS + 1)) {
      all.push(await round(web, screen, token, sentence));
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
    return all.slice(1); // the first one starts the engine
  } finally {
    screen.close();
  }
}

async function round(web: Program, screen: Socket, token: string, sentence: string): Promise<Round> {
  const told = nextTranslation(screen);
  const answer = await fetch(`${web.url}/api/v1/spaces/climate/ideas`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ title: sentence, body: `${sentence} Es bueno para todos.` }),
  });
  if (answer.status !== 201) throw new Error(`Posting answered ${answer.status}: ${await answer.text()}`);
  const answeredAt = performance.now();
  const { subject, at } = await told;
  const shown: { translation: { state: string; body: string } } = await (
    await fetch(`${web.url}/api/v1/ideas/${subject}?lang=pt`)
  ).json();
  if (shown.translation.state !== 'ready')
    throw new Error(`Told too early: the translation of ${subject} is ${shown.translation.state}`);
  return { told: at - answeredAt, shown: performance.now() - answeredAt };
}

function nextTranslation(screen: Socket): Promise<{ subject: string; at: number }> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('No translation came. Is Apertium installed?')),
      DEADLINE_MILLISECONDS,
    );
    const hear = (line: { type: string; subject: string }) => {
      if (line.type !== 'translated') return;
      clearTimeout(timer);
      screen.off('activity', hear);
      resolve({ subject: line.subject, at: performance.now() });
    };
    screen.on('activity', hear);
  });
}

function figure(how: string, all: readonly Round[]): Figure {
  const shown = all.map((each) => each.shown);
  const p95 = quantile(shown, 0.95);
  const round0 = (value: number) => Math.round(Math.max(value, 0));
  return {
    what: `Portuguese words on a second screen: ${how}`,
    against: `told after ${round0(
      quantile(
        all.map((each) => each.told),
        0.5,
      ),
    )} ms, shown after ${round0(quantile(shown, 0.5))} ms (medians of ${all.length})`,
    asked: `p95 < ${ASKED_MILLISECONDS} ms`,
    measured: `${round0(p95)} ms`,
    ok: p95 < ASKED_MILLISECONDS,
  };
}
