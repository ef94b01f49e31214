import { createHash } from 'node:crypto';
import { request } from 'node:http';

import type { PeerActor } from './peer.ts';

// What no well-behaved server sends: every header as the test writes it.

export interface Forged {
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  /** As it stands in the first line, where that is not the address. */
  target?: string;
  /** In pieces it goes without its length being said before. */
  body?: string | readonly string[];
}

/** Sends it as it is, `Host` included. */
export function forge(
  address: string,
  { method = 'POST', headers = {}, target, body = '' }: Forged,
): Promise<{ status: number; text: string; headers: Readonly<Record<string, unknown>> }> {
  return new Promise((resolve, reject) => {
    const path = target ?? address.slice(new URL(address).origin.length);
    const sent = request(address, { method, path, agent: false, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(parts).toString(),
          headers: response.headers,
        }),
      );
    });
    sent.on('error', reject);
    if (typeof body === 'string') return void sent.end(body);
    for (const piece of body) sent.write(piece);
    sent.end();
  });
}

/** Headers of a request signed the newer way (RFC 9421), over these of its parts. */
export function signedByRfc9421(
  actor: PeerActor,
  { inbox, body, parts }: { inbox: string; body: string; parts: readonly string[] },
): Record<string, string> {
  const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  const values: Record<string, string> = {
    '@method': 'POST',
    '@target-uri': inbox,
    'content-digest': digest,
  };
  const how = `(${parts.map((part) => `"${part}"`).join(' ')});created=${Math.floor(Date.now() / 1_000)};keyid="${actor.uri}#main-key"`;
  const base = [...parts.map((part) => `"${part}": ${values[part]}`), `"@signature-params": ${how}`].join('\n');
  return {
    'Content-Type': 'application/activity+json',
    'Content-Digest': digest,
    'Signature-Input': `sig1=${how}`,
    Signature: `sig1=:${actor.sign(base)}:`,
  };
}
