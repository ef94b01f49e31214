import { sql } from 'kysely';

import { rows } from '../../src/platform/db/database.ts';
import type { PageAnswer } from '../support/browser-like.ts';
import { longestBlock } from '../support/longest-block.ts';
import { faultsIn } from '../support/markup.ts';
import type { TestPlatform } from '../support/polyphony.ts';

/** No request of 16 KB holds up the others for longer. */
const BLOCK_MILLISECONDS = 200;
/** What makes a text another one, so that nothing of the try before is remembered. A machine that was busy elsewhere is no fault. */
const SALTS = ['', ' i', ' ii'];

/** Does it, and does it again when it took too long. Returns what was wrong, and if each time nobody else was heard for too long, that. */
export async function besideOthers(act: (salt: string) => Promise<string[]>): Promise<string[]> {
  let least = Infinity;
  for (const salt of SALTS) {
    const { result, longestBlockMs } = await longestBlock(() => act(salt));
    if (result.length > 0) return result;
    least = Math.min(least, longestBlockMs);
    if (least < BLOCK_MILLISECONDS) return [];
  }
  return [`nobody else was heard for ${Math.round(least)} ms`];
}

/** One hostile act. `before` makes ready what it needs; `act` returns what was wrong with the answers. */
export interface Blow {
  name: string;
  before?: () => Promise<void>;
  act: (salt: string) => Promise<string[]>;
}

/** What is wrong after these blows: with an answer, or with how long everybody else had to wait. */
export async function strike(polyphony: TestPlatform, blows: Iterable<Blow>): Promise<string[]> {
  const faults: string[] = [];
  for (const blow of blows) for (const fault of await struck(polyphony, blow)) faults.push(`${blow.name}: ${fault}`);
  if (Object.hasOwn(Object.prototype, 'attacked')) faults.push('every object has a new name');
  return faults;
}

const struck = (polyphony: TestPlatform, { before, act }: Blow): Promise<string[]> =>
  besideOthers(async (salt) => {
    await before?.();
    await rows(polyphony.em(), sql`delete from rate`); // nobody does all this within a minute
    return act(salt);
  });

/** What no answer may be, whatever was asked. */
export function judge(answer: PageAnswer, url: string): string[] {
  const { status, headers, text } = answer;
  const type = headers.get('Content-Type') ?? '';
  const faults = [...faultsOfHeaders(headers, url)];
  if (status >= 500) faults.push(`answers ${status}`);
  if (type.startsWith('text/html')) faults.push(...faultsOfPage(text, status));
  else if (type.includes('json')) faults.push(...faultsOfJson(text, status));
  else if (status >= 400) faults.push(`answers ${status} as ${type || 'nothing'}`);
  return faults;
}

function faultsOfHeaders(headers: Headers, url: string): string[] {
  const faults: string[] = [];
  const to = headers.get('Location');
  if (to !== null && new URL(to, url).origin !== url) faults.push(`leads to ${to}`);
  if (headers.has('X-Attack')) faults.push('has a header of the attacker');
  if (headers.get('X-Content-Type-Options') !== 'nosniff') faults.push('lets browsers guess what it is');
  return faults;
}

/** Names of keys, and what JavaScript calls a mistake, are for no reader. */
const UNMEANT = /(?:^|[\s>"])(?:undefined|\[object \w+\]|NaN|Invalid Date|errors:\w+|site:\w+)(?=$|[\s<".,])/;

function faultsOfPage(text: string, status: number): string[] {
  const faults = faultsIn(text);
  const unmeant = UNMEANT.exec(text);
  if (unmeant) faults.push(`shows ${text.slice(Math.max(0, unmeant.index - 40), unmeant.index + 60)}`);
  if (status >= 400 && !/<html lang="[a-z]{2}"[^]*<h1/.test(text)) faults.push(`answers ${status} with no words`);
  return faults;
}

function faultsOfJson(text: string, status: number): string[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return [`answers with JSON that is none: ${text.slice(0, 60)}`];
  }
  if (status < 400) return [];
  const { title, code } = body as Record<string, unknown>;
  const isSaid = typeof title === 'string' && / /.test(title) && typeof code === 'string' && code !== 'internal';
  return isSaid ? [] : [`answers ${status} with no words: ${text.slice(0, 80)}`];
}
