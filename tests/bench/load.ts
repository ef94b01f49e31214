import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const AUTOCANNON = createRequire(import.meta.url).resolve('autocannon');

export interface Load {
  requestsPerSecond: number;
  /** In milliseconds. */
  p99: number;
  errors: number;
}

interface Options {
  connections: number;
  seconds: number;
  cookie?: string;
}

/** Asks for one address from a process of its own, as fast as it is answered. */
export async function load(url: string, { connections, seconds, cookie }: Options): Promise<Load> {
  const words = ['--connections', connections, '--duration', seconds, '--json', '--no-progress'].map(String);
  const headers = cookie ? ['--headers', `Cookie=${cookie}`] : [];
  const { stdout } = await promisify(execFile)(process.execPath, [AUTOCANNON, ...words, ...headers, url]);
  const answer: { requests: { average: number }; latency: { p99: number }; errors: number; non2xx: number } =
    JSON.parse(stdout);
  return { requestsPerSecond: answer.requests.average, p99: answer.latency.p99, errors: answer.errors + answer.non2xx };
}
