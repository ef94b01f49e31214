import type { CryptographicKey } from '@fedify/vocab';

import { isSameHost } from './addresses.ts';
import { Refused } from './guard.ts';
import type { SigningKey } from './keys.ts';
import { createShelf } from './shelf.ts';

// With `preloaded.ts` all that knows Fedify: it signs and verifies requests as Mastodon and others do (draft-cavage-12 and RFC 9421).

/** A JSON-LD document by its address, for keys; throws where there is none. */
export type LoadDocument = (address: string) => Promise<unknown>;

export interface Signatures {
  /** The headers of a signed request: others' oldest way, which all of them read. */
  sign(url: URL, { method, headers, body }: Unsigned, key: SigningKey): Promise<Record<string, string>>;
  /** Whether an actor signed a request: false for what is unsigned, changed on its way, too old, or signed by a key that they do not show. */
  isSignedBy(actor: string, request: Request): Promise<boolean>;
}

interface Unsigned {
  method: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body: string | null;
}

const KEYS = 5_000;
const KEY_MILLISECONDS = 3_600_000;
/** Clocks of servers differ; an hour is what Mastodon allows. */
const WINDOW = { minutes: 60 };
const COVERED = ['"@method"', '"@target-uri"', '"content-digest"'];
const SPEC = 'draft-cavage-http-signatures-12';

/** Fedify is loaded when it is used first: a platform that speaks to nobody does without. */
export function createSignatures(load: LoadDocument): Signatures {
  const fedify = once(async () => ({ ...(await import('@fedify/fedify/sig')), ...(await import('./preloaded.ts')) }));
  const imported = createShelf<CryptoKey>(1_000, KEY_MILLISECONDS * 24);
  const known = createShelf<CryptographicKey>(KEYS, KEY_MILLISECONDS);
  return {
    async sign(url, { method, headers = {}, body }, key) {
      const { signRequest, importPkcs8 } = await fedify();
      const privateKey = await imported.take(key.privatePem, () => importPkcs8(key.privatePem));
      const request = new Request(url, { method, headers, ...(body === null ? {} : { body }) });
      const signed = await signRequest(request, privateKey, new URL(key.id), { spec: SPEC });
      return Object.fromEntries(signed.headers);
    },
    async isSignedBy(actor, request) {
      if (!coversAll(request)) return false;
      const { verifyRequest, contexts } = await fedify();
      const documentLoader = async (address: string) => {
        // Before anything is proven nobody has us ask a third server.
        if (!isSameHost(address, actor)) throw new Refused(`a key of ${actor} elsewhere`);
        return { contextUrl: null, documentUrl: address, document: await load(address) };
      };
      const keyCache = {
        get: async (id: URL) => known.get(id.href),
        set: async (id: URL, value: unknown) => {
          if (isKey(value)) known.set(id.href, value);
          else known.drop(id.href);
        },
      };
      const key = await verifyRequest(request, {
        documentLoader,
        contextLoader: contexts,
        timeWindow: WINDOW,
        keyCache,
      });
      return key?.ownerId?.href === actor && isSameHost(key.id?.href ?? '', actor);
    },
  };
}

/** The newer way (RFC 9421) lets the sender choose what is signed; Fedify takes any choice, also one without the words. */
function coversAll({ headers }: Request): boolean {
  const input = headers.get('Signature-Input');
  if (input === null) return true;
  const choices = Array.from(input.matchAll(/\(([^)]*)\)/g), ([, parts = '']) => parts.split(/\s+/));
  return choices.length > 0 && choices.every((parts) => COVERED.every((part) => parts.includes(part)));
}

const isKey = (value: unknown): value is CryptographicKey =>
  typeof value === 'object' && value !== null && 'ownerId' in value;

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
