import type { z } from 'zod';

import { EngineError, type EngineErrorKind } from './engine.ts';
import { refusalOf, silenceOf } from './failures.ts';

/** A server without a graphics card needs that long for a full batch. */
const DEADLINE_MS = 60_000;
/** Ten times the longest batch of any engine; more is a fault or an attack. */
const MOST_BYTES = 2 * 1024 * 1024;
/** Statuses that would end a text for good. They are believed of the service itself alone, which speaks JSON. */
const BLAMES_THE_TEXT: ReadonlySet<number> = new Set([400, 405, 406, 409, 415, 422]);

export interface ClientOptions {
  /** The name of the service in messages. */
  label: string;
  /** Without a slash at the end; paths are appended to it. */
  url: string;
  headers?: Readonly<Record<string, string>>;
  deadlineMs?: number | undefined;
  /** Reads from the body of a refusal what its status alone does not tell; null leaves it at the status. */
  explain?: (status: number, body: unknown) => EngineErrorKind | null;
}

export interface Question<T> {
  path: string;
  /** What the answer must look like. */
  schema: z.ZodType<T>;
  /** GET without a body, POST with one, unless it is said. */
  method?: 'GET' | 'POST' | 'DELETE';
  /** Sent as JSON. */
  body?: object;
  signal?: AbortSignal | undefined;
  deadlineMs?: number;
}

export interface Client {
  /**
   * One request and its whole answer within the deadline, checked.
   * @throws EngineError, or `signal.reason`
   */
  ask<T>(question: Question<T>): Promise<T>;
  /** Work under way fails as `unavailable`. Safe to repeat. */
  close(): void;
}

/** The one way engines talk to their services. Its messages quote neither what was sent nor what was answered. */
export function createClient(options: ClientOptions): Client {
  const closing = new AbortController();
  return {
    ask: (question) => ask(options, closing.signal, question),
    close: () => closing.abort(),
  };
}

async function ask<T>(options: ClientOptions, closing: AbortSignal, question: Question<T>): Promise<T> {
  const { label } = options;
  const { signal, schema } = question;
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(question.deadlineMs ?? options.deadlineMs ?? DEADLINE_MS);
  try {
    const any = AbortSignal.any([deadline, closing, ...(signal ? [signal] : [])]);
    const answer = schema.safeParse(await exchange(options, question, any));
    if (answer.success) return answer.data;
    throw new EngineError('unavailable', `${label} answers in another form than its documentation says.`);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof EngineError) throw error;
    if (closing.aborted) throw new EngineError('unavailable', `The connection to ${label} was closed.`);
    if (deadline.aborted) throw new EngineError('timeout', `${label} did not answer in time.`);
    throw silenceOf(label, error);
  }
}

async function exchange(options: ClientOptions, question: Question<unknown>, signal: AbortSignal): Promise<unknown> {
  const { path, body, method = body === undefined ? 'GET' : 'POST' } = question;
  const response = await fetch(options.url + path, {
    method,
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', ...options.headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    redirect: 'error',
    signal,
  });
  const text = await readCapped(response, options.label);
  if (response.ok) return parse(text, options.label);
  if (text !== '' && parseOrNull(text) === null && BLAMES_THE_TEXT.has(response.status))
    throw noProtocol(options.label);
  throw refusalOf(options.label, response, options.explain?.(response.status, parseOrNull(text)) ?? null);
}

async function readCapped({ body }: Response, label: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop, by an error too, hangs up.
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new EngineError('unavailable', `${label} answers endlessly.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string, label: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw noProtocol(label);
  }
}

/** A page of a proxy, most often: any text would get it, so that it is the service's failure. */
function noProtocol(label: string): EngineError {
  return new EngineError('unavailable', `${label} answers something that is not JSON.`);
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
