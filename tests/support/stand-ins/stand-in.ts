import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';

const CHUNK = Buffer.alloc(1024 * 1024, 'a');
const PAGE = '<!doctype html><h1>Welcome</h1>';
const DRIP_MILLISECONDS = 1_000;

export interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** JSON where it is JSON, else the text. */
  body: unknown;
}

/** What a service may do wrong. Those after `silent` are faults in what it says, so each stand-in knows them by itself. */
export type Fault =
  | { status: number; retryAfter?: string; /** A page, not JSON. */ page?: boolean }
  | 'hang-up'
  | 'redirect'
  | 'garbage'
  | 'html'
  | 'endless'
  | 'drip'
  | 'silent'
  | Misspeaking;
export type Misspeaking = 'wrong-shape' | 'fewer' | 'more' | 'renamed' | 'chatter' | 'cut-short';

export interface Answer {
  status?: number;
  body: unknown;
}

/** A server on loopback that speaks the protocol of a service outside our house. */
export interface StandIn {
  url: string;
  /** All it was asked, in order. */
  requests: SeenRequest[];
  /** From now on it does this wrong, at most so many times; null: it behaves again. */
  misbehave(fault: Fault | null, times?: number): void;
  close(): Promise<void>;
}

/** How a text is translated where nothing else is said: recognizable, and as long as the original. */
export type Say = (text: string, target: string, source: string) => string;
export const sayAgain: Say = (text, target) => `${text} (${target})`;

/** `answer` gets what is wrong with it now, when that is a fault in what it says. */
export async function startStandIn(
  answer: (request: SeenRequest, fault: Misspeaking | null) => Answer,
): Promise<StandIn> {
  const requests: SeenRequest[] = [];
  let [fault, left]: [Fault | null, number] = [null, 0];
  const server = createServer((request, response) => {
    void read(request).then((seen) => {
      requests.push(seen);
      const now = left-- > 0 ? fault : null;
      if (now === null || isMisspeaking(now)) return send(response, answer(seen, now));
      return misbehaveNow(now, response, seen);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    requests,
    misbehave: (next, times = Infinity) => void ([fault, left] = [next, times]),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isMisspeaking(fault: Fault): fault is Misspeaking {
  return ['wrong-shape', 'fewer', 'more', 'renamed', 'chatter', 'cut-short'].some((each) => each === fault);
}

async function read(request: IncomingMessage): Promise<SeenRequest> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in');
  const text = Buffer.concat(await request.toArray()).toString('utf8');
  return {
    method: request.method ?? '',
    path: pathname,
    query: searchParams,
    headers: request.headers,
    body: json(text),
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function send(response: ServerResponse, { status = 200, body }: Answer): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function misbehaveNow(fault: Exclude<Fault, Misspeaking>, response: ServerResponse, seen: SeenRequest): void {
  if (typeof fault === 'object') {
    if (fault.retryAfter !== undefined) response.setHeader('Retry-After', fault.retryAfter);
    if (fault.page) return void response.writeHead(fault.status, { 'Content-Type': 'text/html' }).end(PAGE);
    // Real services quote in their refusals what they were sent.
    return send(response, { status: fault.status, body: { message: 'No.', quoted: seen } });
  }
  const wrongs: Record<typeof fault, () => void> = {
    'hang-up': () => response.socket?.destroy(),
    redirect: () => void response.writeHead(302, { Location: 'http://127.0.0.1:9/' }).end(),
    garbage: () => void response.end('{"translations": [{"te'),
    html: () => void response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE),
    endless: () => pour(response),
    drip: () => drip(response),
    silent: () => {},
  };
  wrongs[fault]();
}

/** A megabyte after the other, until somebody hangs up. */
function pour(response: ServerResponse): void {
  if (response.destroyed) return;
  if (response.write(CHUNK)) setImmediate(() => pour(response));
  else response.once('drain', () => pour(response));
}

function drip(response: ServerResponse): void {
  response.write('[');
  const timer = setInterval(() => response.write(' '), DRIP_MILLISECONDS);
  response.once('close', () => clearInterval(timer));
}

/** For checks of what came in: the value of a field, when it is an object that has it. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** A list of texts, or null when it is another thing. */
export function textsIn(value: unknown): string[] | null {
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : null;
}

/** One answer too few, or too many. */
export function miscount<T>(list: readonly T[], fault: Misspeaking | null): T[] {
  if (fault === 'fewer') return list.slice(1);
  return fault === 'more' ? [...list, ...list.slice(0, 1)] : [...list];
}
