import { request as overHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as overHttps } from 'node:https';

import { checkedUrl, guardedLookup, Refused, type Reach } from './guard.ts';

// The one way out to other servers: every address checked, ten seconds, one megabyte.

export const TIMEOUT_MILLISECONDS = 10_000;
export const MOST_BYTES = 1_048_576;
const REDIRECTS = 3;
const USER_AGENT = 'Polyphony';

export interface Answer {
  status: number;
  /** Where it was found, after redirects. */
  url: string;
  type: string;
  body: string;
}

export interface Client {
  /** Reads a document. Follows redirects, each checked anew; `sign` puts a signature on each request. */
  get(address: string, accept: string, sign?: Sign): Promise<Answer>;
  /** Sends one. Redirects are not followed: what is signed is for one address. */
  post(address: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answer>;
}

/** The headers of a request with a signature. */
export type Sign = (method: 'GET' | 'POST', url: URL, body: string | null) => Promise<Record<string, string>>;

/** `publicUrl` says to others who asks; the timeout is that of a whole answer, wherever it leads. */
export function createClient(
  reach: Reach,
  publicUrl: string,
  { timeoutMilliseconds = TIMEOUT_MILLISECONDS } = {},
): Client {
  const agent = `${USER_AGENT} (+${publicUrl})`;
  const lookup = guardedLookup(reach);
  // A slow drip too: a timeout between two bytes would never come.
  const deadline = () => AbortSignal.timeout(timeoutMilliseconds);
  const go = (url: URL, { headers, ...options }: Omit<Options, 'lookup'>, body: string | null) =>
    send(url, { ...options, headers: { ...headers, 'User-Agent': agent }, lookup }, body);
  return {
    async get(address, accept, sign) {
      const signal = deadline();
      let url = checkedUrl(address, reach);
      for (let hop = 0; hop <= REDIRECTS; hop++) {
        const signed = sign ? await sign('GET', url, null) : {};
        const { location, ...answer } = await go(
          url,
          { method: 'GET', headers: { ...signed, Accept: accept }, signal },
          null,
        );
        if (location === null || answer.status < 300 || answer.status > 399) return answer;
        url = checkedUrl(new URL(location, url).href, reach);
      }
      throw new Refused('too many redirects');
    },
    async post(address, headers, body) {
      const { location: _location, ...answer } = await go(
        checkedUrl(address, reach),
        { method: 'POST', headers, signal: deadline() },
        body,
      );
      return answer;
    },
  };
}

interface Options extends Pick<RequestOptions, 'lookup' | 'signal'> {
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
}

function send(url: URL, options: Options, body: string | null): Promise<Answer & { location: string | null }> {
  const request = url.protocol === 'https:' ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, agent: false }, (response) => {
      readAll(response).then((read) => {
        const { statusCode: status = 0, headers } = response;
        resolve({
          status,
          url: url.href,
          type: headers['content-type'] ?? '',
          body: read,
          location: headers.location ?? null,
        });
      }, reject);
    });
    sent.once('error', reject);
    sent.end(body ?? undefined);
  });
}

async function readAll(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response) {
    bytes += part.length;
    if (bytes > MOST_BYTES) {
      response.destroy();
      throw new Refused('longer than a megabyte');
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
