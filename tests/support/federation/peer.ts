import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { eventually } from '../polyphony.ts';

// A server as Mastodon and its like are one: actors with keys, an inbox, objects to fetch. It signs by hand, so that nothing of ours proves itself.

export interface Post {
  path: string;
  headers: Record<string, string>;
  // oxlint-disable-next-line no-explicit-any -- tests look into what came
  body: any;
}

export interface PeerActor {
  uri: string;
  name: string;
  inbox: string;
  /** Sends an activity to an inbox, signed; what is left out is put in. Returns the status. */
  send(inbox: string, activity: Record<string, unknown>, how?: SendOptions): Promise<number>;
  /** The activity as it was sent, for `Undo` and the like. */
  activity(type: string, object: unknown, more?: Record<string, unknown>): Record<string, unknown>;
  /** Makes a new key; the old one is shown no more. Returns somebody who still has it. */
  changeKey(): PeerActor;
  /** A signature by the key it has now, in base64. */
  sign(text: string): string;
}

export interface SendOptions {
  /** Of the request. */
  date?: Date;
  /** Instead of the body that was signed. */
  tampered?: string;
  signed?: boolean;
  digest?: boolean;
  /** Another one's key and its name. */
  as?: PeerActor;
  keyId?: string;
  /** As the receiver is called, where that is another than its address. */
  host?: string;
}

export interface Peer {
  url: string;
  host: string;
  /** Everything that came to any inbox, in order. */
  received: Post[];
  /** How often something was fetched from it: what is delivered may come whenever it wants. */
  fetched(): number;
  /** How often anything was asked of it. */
  requests(): number;
  /** What was asked of it, in order. */
  asked(): readonly string[];
  /** The document at an address. */
  shown(address: string): Record<string, unknown>;
  actor(name: string, more?: Record<string, unknown>): PeerActor;
  /** Has an object stand at its address. */
  publish(object: Record<string, unknown> & { id: string }): void;
  /** Has it stand somewhere else than it says. */
  publishAt(address: string, object: unknown): void;
  unpublish(id: string, status?: number): void;
  /** Answers inboxes with this status from now on; null: as it should. */
  answerWith(status: number | null): void;
  /** The first that fits, once it is there. */
  // oxlint-disable-next-line no-explicit-any -- tests look into what came
  next(fits: (body: any) => boolean): Promise<any>;
  close(): Promise<void>;
}

interface Key {
  publicPem: string;
  privatePem: string;
}

const makeKey = (): Key => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return {
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }),
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
};

const signBy = (key: Key | undefined, text: string): string =>
  createSign('sha256')
    .update(text)
    .sign(key?.privatePem ?? '', 'base64');

const AS2 = 'application/activity+json';

export async function startPeer(): Promise<Peer> {
  const received: Post[] = [];
  const objects = new Map<string, { status: number; body: string }>();
  const keys = new Map<string, Key>();
  let answers: number | null = null;
  const asked: string[] = [];
  let fetched = 0;
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const host = `localhost:${typeof address === 'object' && address ? address.port : 0}`;
  const url = `http://${host}`;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    asked.push(path);
    if (request.method === 'GET') fetched++;
    if (request.method === 'POST') {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const status = answers ?? 202;
      if (status < 300)
        received.push({
          path,
          headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
          body: JSON.parse(Buffer.concat(parts).toString()),
        });
      response.writeHead(status).end();
      return;
    }
    const found = objects.get(path);
    response.writeHead(found?.status ?? 404, { 'Content-Type': AS2 }).end(found?.body ?? '');
  }

  const peer: Peer = {
    url,
    host,
    received,
    fetched: () => fetched,
    requests: () => asked.length,
    asked: () => asked,
    shown: (place) => JSON.parse(objects.get(new URL(place).pathname)?.body ?? '{}'),
    publish: (object) => peer.publishAt(object.id, object),
    publishAt: (place, object) =>
      void objects.set(new URL(place).pathname, { status: 200, body: JSON.stringify(object) }),
    unpublish: (id, status = 410) => void objects.set(new URL(id).pathname, { status, body: '' }),
    answerWith: (status) => void (answers = status),
    next: (fits) =>
      eventually(async () => {
        const found = received.find(({ body }) => fits(body));
        if (!found)
          throw new Error(
            `nothing that fits among ${JSON.stringify(received.map(({ body }) => [body.type, body.object?.type]))}`,
          );
        return found.body;
      }),
    actor(name, more = {}) {
      const uri = `${url}/users/${name}`;
      const show = () => {
        const key = makeKey();
        keys.set(uri, key);
        peer.publish({
          '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
          ...{ id: uri, type: 'Person', preferredUsername: name, name, inbox: `${uri}/inbox`, outbox: `${uri}/outbox` },
          endpoints: { sharedInbox: `${url}/inbox` },
          publicKey: { id: `${uri}#main-key`, owner: uri, publicKeyPem: key.publicPem },
          ...more,
        });
      };
      show();
      const actor: PeerActor = {
        uri,
        name,
        inbox: `${uri}/inbox`,
        changeKey() {
          const old = keys.get(uri);
          show();
          return { ...actor, sign: (text) => signBy(old, text) };
        },
        sign: (text) => signBy(keys.get(uri), text),
        activity: (type, object, rest = {}) => ({
          '@context': 'https://www.w3.org/ns/activitystreams',
          ...{ id: `${url}/activities/${randomUUID()}`, type, actor: uri, object, ...rest },
        }),
        async send(
          inbox,
          activity,
          { date = new Date(), tampered, signed = true, digest = true, as, keyId, host: called } = {},
        ) {
          const body = JSON.stringify(activity);
          const target = new URL(inbox);
          const headers: Record<string, string> = { 'Content-Type': AS2, Date: date.toUTCString() };
          if (digest) headers['Digest'] = `SHA-256=${createHash('sha256').update(body).digest('base64')}`;
          const names = ['(request-target)', 'host', 'date', ...(digest ? ['digest'] : [])];
          const values: Record<string, string | undefined> = {
            '(request-target)': `post ${target.pathname}`,
            host: called ?? target.host,
            date: headers['Date'],
            digest: headers['Digest'],
          };
          const text = names.map((each) => `${each}: ${values[each]}`).join('\n');
          const signature = (as ?? actor).sign(text);
          if (signed)
            headers['Signature'] =
              `keyId="${keyId ?? `${as?.uri ?? uri}#main-key`}",algorithm="rsa-sha256",headers="${names.join(' ')}",signature="${signature}"`;
          const answer = await fetch(inbox, { method: 'POST', headers, body: tampered ?? body });
          return answer.status;
        },
      };
      return actor;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return peer;
}
