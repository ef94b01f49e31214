import { personUri, spaceUri } from '../../services/house/addresses.ts';
import { publishMarkdown } from '../../services/texts/markdown.ts';
import { serverUri, translatorUri } from './addresses.ts';
import type { Json } from './objects.ts';

export interface PublicKey {
  /** Its own address. */
  id: string;
  pem: string;
}

interface Sounds {
  publicUrl: string;
  key: PublicKey;
}

/** A space with its words, the original ones first. */
export interface ToldSpace {
  slug: string;
  words: readonly { language: string; title: string; description: string }[];
}

const keyOf = (owner: string, { id, pem }: PublicKey) => ({ publicKey: { id, owner, publicKeyPem: pem } });

/** What every actor has: where to write to it, and the key it signs with. */
function actor(uri: string, { publicUrl, key }: Sounds): Json {
  return {
    id: uri,
    inbox: `${uri}/inbox`,
    outbox: `${uri}/outbox`,
    followers: `${uri}/followers`,
    endpoints: { sharedInbox: `${publicUrl}/inbox` },
    url: uri,
    ...keyOf(uri, key),
  };
}

/** A space as a group (FEP-1b12): it announces what is said in it. */
export function spaceActor({ slug, words }: ToldSpace, sounds: Sounds): Json {
  const uri = spaceUri(sounds.publicUrl, slug);
  const [original] = words;
  const map = (of: (each: ToldSpace['words'][number]) => string) =>
    Object.fromEntries(words.map((each) => [each.language, of(each)]));
  return {
    ...actor(uri, sounds),
    type: 'Group',
    preferredUsername: slug,
    name: original?.title ?? slug,
    nameMap: map(({ title }) => title),
    summary: publishMarkdown(original?.description ?? ''),
    summaryMap: map(({ description }) => publishMarkdown(description)),
    attributedTo: `${uri}/moderators`,
    featured: `${uri}/featured`,
    postingRestrictedToMods: false,
    manuallyApprovesFollowers: false,
    discoverable: true,
    indexable: true,
  };
}

/** A person who agreed to be known elsewhere. */
export function personActor({ handle, name }: { handle: string; name: string }, sounds: Sounds): Json {
  return {
    ...actor(personUri(sounds.publicUrl, handle), sounds),
    type: 'Person',
    preferredUsername: handle,
    name,
    manuallyApprovesFollowers: false,
    discoverable: true,
    indexable: true,
  };
}

/** The server itself (FEP-2677). */
export function serverActor(sounds: Sounds): Json {
  const uri = serverUri(sounds.publicUrl);
  return { ...actor(uri, sounds), type: 'Application', preferredUsername: 'server', name: 'Polyphony' };
}

/** What machine translations are attributed to (FEP-22cd). */
export function translatorActor(sounds: Sounds): Json {
  const uri = translatorUri(sounds.publicUrl);
  const summary = 'Machine translations of this server. No person has read them.';
  return { ...actor(uri, sounds), type: 'Application', preferredUsername: 'translator', name: 'Translation', summary };
}
