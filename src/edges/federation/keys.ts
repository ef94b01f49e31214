import { createCipheriv, createDecipheriv, generateKeyPair, hkdfSync, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

import { sql } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';

// Private keys are sealed by AES-256-GCM with a key made of SECRET, and bound to their actor: a row put elsewhere does not open.

const RSA_BITS = 2_048; // what every peer takes
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const makePair = promisify(generateKeyPair);

/** A key that signs. */
export interface SigningKey {
  id: string;
  publicPem: string;
  privatePem: string;
}

interface KeyRow {
  version: number;
  publicPem: string;
  sealed: string;
}

/** The key an actor of ours signs with; made when it is asked for first. Keys do not change, so a process asks once. */
export async function signingKey(em: Em, actor: string, secret: string): Promise<SigningKey> {
  const found = (await newest(em, actor)) ?? (await addKey(em, actor, { version: 1, secret }));
  return {
    id: keyUri(actor, found.version),
    publicPem: found.publicPem,
    privatePem: open(found.sealed, { actor, secret }),
  };
}

/** Has an actor sign with a new key from now on. What is on its way is signed when it goes. */
export async function rotateKey(em: Em, actor: string, secret: string): Promise<void> {
  const last = await newest(em, actor);
  await addKey(em, actor, { version: (last?.version ?? 0) + 1, secret });
}

const keyUri = (actor: string, version: number): string => `${actor}#main-key${version > 1 ? `-${version}` : ''}`;

const newest = (em: Em, actor: string): Promise<KeyRow | null> =>
  row(
    em,
    sql<KeyRow>`select version, public_pem as "publicPem", sealed from actor_key where actor = ${actor} order by version desc limit 1`,
  );

async function addKey(
  em: Em,
  actor: string,
  { version, secret }: { version: number; secret: string },
): Promise<KeyRow> {
  const { publicKey, privateKey } = await makePair('rsa', {
    modulusLength: RSA_BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  await rows(
    em,
    sql`insert into actor_key (actor, version, public_pem, sealed) values (${actor}, ${version}, ${publicKey}, ${seal(privateKey, { actor, secret })})
      on conflict do nothing`,
  );
  // Of two that make one at once, the first counts.
  const stored = await newest(em, actor);
  if (!stored) throw new Error(`the key of ${actor} was not stored`);
  return stored;
}

interface Sealing {
  actor: string;
  secret: string;
}

const sealingKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'polyphony keys of actors', 32));

function seal(words: string, { actor, secret }: Sealing): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(secret), nonce).setAAD(Buffer.from(actor));
  return Buffer.concat([nonce, cipher.update(words), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** Throws where SECRET is another one than the key was sealed with. */
function open(sealed: string, { actor, secret }: Sealing): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(secret), bytes.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(actor)).setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)).toString() + decipher.final().toString();
}
