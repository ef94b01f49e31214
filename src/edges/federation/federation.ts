import type { Em } from '../../platform/db/database.ts';
import type { House } from '../../services/house/house.ts';
import { AS2, hostOf, isSameHost, serverUri } from './addresses.ts';
import { createClient, type Answer, type Client, type Sign } from './client.ts';
import { Refused } from './guard.ts';
import { signingKey, type SigningKey } from './keys.ts';
import { isBlocked } from './neighbours.ts';
import { fetchObject, keysOf, knownActor, readActor, storeActor, type Remote } from './remote.ts';
import { createShelf } from './shelf.ts';
import { createSignatures } from './signatures.ts';

const KEYS = 10_000;
const KEY_MILLISECONDS = 600_000;

/** What speaking to other servers takes: keys, signatures and the guarded way out. */
export interface Federation {
  house: House;
  publicUrl: string;
  /** Calls these when something has to be told or delivered. */
  bell: Set<() => void>;
  /** The public key of an actor of ours; made where there is none. */
  keyOf(em: Em, actor: string): Promise<SigningKey>;
  /** Whether an actor elsewhere signed a request. */
  isSignedBy(actor: string, request: Request): Promise<boolean>;
  /** Reads an object elsewhere, signed by the server itself: some show nothing to strangers. Null: it is gone for good. */
  fetch(em: Em, uri: string): Promise<Record<string, unknown> | null>;
  /** An actor elsewhere, fetched where it is not known, was not fetched for a day or says that it has changed; null where it is gone. */
  actor(em: Em, uri: string, how?: { isChanged: boolean }): Promise<Remote | null>;
  /** Sends an activity to an inbox, signed by its actor. */
  deliver(em: Em, inbox: string, { actor, body }: { actor: string; body: string }): Promise<Answer>;
}

const opened = new WeakMap<House, Federation>();

/** One for each platform: doors, readers and the delivery share its keys. */
export const federationOf = (house: House): Federation => opened.getOrInsertComputed(house, openFederation);

function openFederation(house: House): Federation {
  const { publicUrl, secret, federation } = house.settings;
  const client: Client = createClient({ isLocal: federation === 'local' }, publicUrl);
  const keys = createShelf<SigningKey>(KEYS, KEY_MILLISECONDS);
  const keyOf = (em: Em, actor: string) => keys.take(actor, () => signingKey(em, actor, secret));
  const signatures = createSignatures((address) => readKey(address));

  const signAs =
    (key: SigningKey): Sign =>
    (method, url, body) =>
      signatures.sign(url, { method, body, headers: body === null ? { Accept: AS2 } : { 'Content-Type': AS2 } }, key);

  async function fetch(em: Em, uri: string) {
    await refuseBlocked(em, uri);
    return fetchObject(client, uri, signAs(await keyOf(em, serverUri(publicUrl))));
  }

  /** The keys an actor shows at their own address: somebody else may have put a document at the address of the key. */
  async function readKey(keyId: string): Promise<unknown> {
    const em = house.database.em();
    const place = keyId.replace(/#.*$/, '');
    const document = await fetch(em, place);
    const owner = String(document?.['publicKey'] ? document['id'] : document?.['owner']);
    if (!isSameHost(owner, keyId)) throw new Refused(`${keyId} is not on the server of its owner`);
    const actor = owner === place ? document : await fetch(em, owner);
    if (actor?.['id'] !== owner) throw new Refused(`${owner} is not there`);
    return keysOf(actor);
  }

  return {
    house,
    publicUrl,
    bell: new Set(),
    keyOf,
    isSignedBy: signatures.isSignedBy,
    fetch,
    async actor(em, uri, { isChanged } = { isChanged: false }) {
      const known = isChanged ? null : await knownActor(em, uri);
      if (known) return known;
      const document = await fetch(em, uri);
      if (!document) return null;
      const actor = readActor(document);
      if (actor.uri !== uri) return null;
      await storeActor(em, actor);
      return actor;
    },
    async deliver(em, inbox, { actor, body }) {
      await refuseBlocked(em, inbox);
      const headers = await signAs(await keyOf(em, actor))('POST', new URL(inbox), body);
      return client.post(inbox, headers, body);
    },
  };
}

async function refuseBlocked(em: Em, uri: string): Promise<void> {
  if (await isBlocked(em, hostOf(uri) ?? '')) throw new Refused(`${hostOf(uri)} is blocked`);
}
