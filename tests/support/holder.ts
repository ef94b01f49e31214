import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process that takes a folder as a program with the embedded database does, and keeps it until it is killed. */
export interface Holder {
  /** `taken`, or why not. */
  word: string;
  kill(signal: NodeJS.Signals): void;
}

const LOCK = fileURLToPath(new URL('../../src/platform/db/lock.ts', import.meta.url));
const SCRIPT = `import { lockFolder } from ${JSON.stringify(LOCK)};
await lockFolder(process.argv[1]).then(() => console.log('taken'), (error) => console.log(error.message));
process.stdin.on("end", () => process.exit()).resume();`;

/** Starts one, behind other words where it shall be in a container, and waits for its word. */
export async function startHolder(folder: string, before: readonly string[] = []): Promise<Holder> {
  const words = [...before, process.execPath, '--input-type=module', '--eval', SCRIPT, folder];
  const child = spawn(words[0] ?? '', words.slice(1), { detached: true });
  const [word]: unknown[] = await once(child.stdout, 'data');
  return { word: String(word).trim(), kill: (signal) => void process.kill(-(child.pid ?? 0), signal) };
}
