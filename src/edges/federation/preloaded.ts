import { createPrivateKey } from 'node:crypto';

import { preloadedContexts } from '@fedify/vocab-runtime';

import { Refused } from './guard.ts';

/** Contexts of JSON-LD that everybody uses; no other is fetched, since what a word means must not come from whoever says it. */
export async function contexts(address: string) {
  const document = preloadedContexts[address];
  if (!document) throw new Refused(`an unknown context: ${address.slice(0, 200)}`);
  return { contextUrl: null, documentUrl: address, document };
}

export function importPkcs8(pem: string): Promise<CryptoKey> {
  const der = new Uint8Array(createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' }));
  return crypto.subtle.importKey('pkcs8', der, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, true, ['sign']);
}
