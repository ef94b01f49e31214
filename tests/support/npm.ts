import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A script of package.json, started as people do. */
export interface Script {
  pid: number;
  output(): string;
  /** SIGTERM to npm alone; resolves when npm has ended. */
  terminate(): Promise<void>;
  /** Everything that it has started, with all that these have started. */
  kill(): void;
}

export function startScript(name: string, environment: Record<string, string>): Script {
  const { PATH = '', HOME = '/' } = process.env;
  const child = spawn('npm', ['run', name], { cwd: ROOT, env: { PATH, HOME, ...environment }, detached: true });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return {
    pid: child.pid ?? 0,
    output: () => text,
    async terminate() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
    kill() {
      try {
        process.kill(-(child.pid ?? 0), 'SIGKILL');
      } catch {
        // all of them have ended
      }
    },
  };
}
