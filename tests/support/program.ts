import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { callApi, eventually, freePort, type ApiAnswer } from './polyphony.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A cold start on a machine with two busy cores. */
const START_SECONDS = 40;

/** The real thing: `node src/server.ts` in a process of its own. */
export interface Program {
  url: string;
  pid: number;
  /** Everything it has written so far. */
  output(): string;
  /** Its exit code; null when a signal ended it. */
  ended: Promise<number | null>;
  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export type Environment = Record<string, string>;

const launched = new Set<ChildProcess>();

/** Starts it and waits until it answers. Throws with what it wrote when it ends before. */
export async function startProgram(environment: Environment, script?: string): Promise<Program> {
  const program = await launchProgram(environment, script);
  let isOver = false;
  void program.ended.then(() => (isOver = true));
  const answers = async () => isOver || (await fetch(`${program.url}/health/live`)).ok;
  await eventually(answers, START_SECONDS);
  if (isOver) throw new Error(`The program ended at its start: ${program.output()}`);
  return program;
}

/** Starts it without waiting: for starts that are expected to fail. */
export async function launchProgram(
  environment: Environment,
  script = 'src/server.ts',
  words: readonly string[] = [],
): Promise<Program> {
  const port = environment['PORT'] ?? String(await freePort());
  const child = spawnNode([script, ...words], { PORT: port, HOST: 'localhost', ...environment });
  const ended = once(child, 'exit').then(([code]: unknown[]) => (typeof code === 'number' ? code : null));
  return {
    url: `http://localhost:${port}`,
    pid: child.pid ?? 0,
    output: outputOf(child),
    ended,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Waits until the detector is loaded, too. */
export async function untilReady({ url, output }: Program): Promise<void> {
  await eventually(async () => {
    const { status } = await fetch(`${url}/health/ready`);
    if (status !== 200) throw new Error(`not ready: ${output()}`);
  }, START_SECONDS);
}

/** One of the operators' commands. `lines` is what it printed, `errors` what it complained; it said its last word after `spoke` milliseconds, and went on for `lingered`. */
export async function runCommand(
  words: string[],
  environment: Environment,
  input = '',
): Promise<{ code: number; lines: string[]; errors: string; spoke: number; lingered: number }> {
  const child = spawnNode(['src/commands/polyphony.ts', ...words], environment);
  const out = collect(child.stdout);
  const errors = collect(child.stderr);
  const begun = performance.now();
  let spoke = 0;
  child.stdout?.on('data', () => (spoke = performance.now() - begun));
  child.stdin?.end(input);
  const [code]: unknown[] = await once(child, 'close');
  const lingered = performance.now() - begun - spoke;
  return { code: Number(code), lines: out().split('\n').filter(Boolean), errors: errors(), spoke, lingered };
}

/** Calls the API of a program as the one who has this token. */
export const as =
  (token: string) =>
  (program: { url: string }, method: string, path: string, body?: unknown): Promise<ApiAnswer> =>
    callApi(program.url, method, path, { body, headers: { Authorization: `Bearer ${token}` } });

/** For `afterAll`: stops everything that a failed test has left running. */
export function killLaunched(): void {
  for (const child of launched) child.kill('SIGKILL');
}

/** With the paths of this process and nothing else of its environment. */
function spawnNode(words: string[], environment: Environment): ChildProcess {
  const { PATH = '', HOME = '/', NODE_COMPILE_CACHE = '' } = process.env;
  const child = spawn(process.execPath, words, {
    cwd: ROOT,
    env: { PATH, HOME, NODE_COMPILE_CACHE, LOG_LEVEL: 'warn', ...environment },
    stdio: 'pipe',
  });
  launched.add(child);
  child.once('exit', () => launched.delete(child));
  return child;
}

function outputOf(child: ChildProcess): () => string {
  const both = [collect(child.stdout), collect(child.stderr)];
  return () => both.map((read) => read()).join('');
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
}
