import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { row } from '../../src/platform/db/database.ts';
import { agree, startFederated } from '../support/federation/federated.ts';
import { startPeer, type Peer, type PeerActor } from '../support/federation/peer.ts';
import { gancio, mobilizon } from '../support/federation/samples/events.ts';
import { lemmy } from '../support/federation/samples/lemmy.ts';
import { mastodon } from '../support/federation/samples/mastodon.ts';
import { misskey, nodebb, peertube, pleroma, wordpress } from '../support/federation/samples/others.ts';
import { activity, text, type Place, type Sample, type Samples } from '../support/federation/samples/sample.ts';
import type { TestPlatform } from '../support/polyphony.ts';

let here: TestPlatform;
const open: Peer[] = [];
let about: Pick<Place, 'space' | 'idea' | 'event'>;

beforeAll(async () => {
  here = await startFederated();
  const ada = await here.person('Ada', { roles: ['organizer'] });
  await agree(here.em(), ada.id);
  const idea = await ada.api('POST', '/spaces/climate/ideas', {
    ...{ title: 'Trees in every street', body: 'Shade helps.', language: 'en' },
  });
  const event = await ada.api('POST', '/spaces/climate/events', {
    ...{ title: 'Planting', body: 'Bring gloves.', timeZone: 'Europe/Madrid', mode: 'in-person', capacity: 9 },
    ...{ startsAt: '2031-04-01T16:00', endsAt: '2031-04-01T18:00', address: 'Calle 1', language: 'en' },
  });
  const object = ({ body }: { body: { id: string } }) => `${here.url}/o/${body.id}`;
  about = { space: `${here.url}/s/climate`, idea: object(idea), event: object(event) };
});

afterAll(async () => {
  for (const peer of open) await peer.close();
  await here.stop();
});

/** A server with one actor, as servers of its kind show them. */
async function meet({ server, actor }: Pick<Samples, 'server' | 'actor'>): Promise<{ me: PeerActor; place: Place }> {
  const peer = await startPeer();
  open.push(peer);
  const name = server.toLowerCase();
  const place = { ...about, there: peer.url, me: `${peer.url}/users/${name}` };
  return { me: peer.actor(name, actor?.(place)), place };
}

/** What became of an activity. */
const outcomeOf = (id: unknown) =>
  row(
    here.em(),
    sql<{ state: string; reason: string | null }>`select state, reason from received_activity where uri = ${id}`,
  );

const keptOf = (uri: string) =>
  row(
    here.em(),
    sql<NonNullable<Sample['kept']>>`select s.kind, t.title, t.body, t.language from subject s
      join text t on t.id = s.text_id where s.uri = ${uri}`,
  );

describe.each([mastodon, mobilizon, gancio, lemmy, nodebb, wordpress, peertube, misskey, pleroma])(
  'what $server sends',
  ({ samples, ...kind }) => {
    let me: PeerActor;
    let place: Place;
    beforeAll(async () => {
      ({ me, place } = await meet(kind));
    });

    test.each(samples)('$what', async ({ activity: make, state, reason = null, kept }) => {
      const sent = make(place);
      expect(await me.send(`${about.space}/inbox`, sent)).toBe(202);
      expect(await outcomeOf(sent['id'])).toEqual({ state, reason });
      const { id } = Object(sent['object']);
      const found = kept ? await keptOf(id) : {};
      const expected = kept ? { ...kept, body: kept.body.replace('SPACE', about.space) } : {};
      expect(found).toMatchObject(expected);
    });
  },
);

describe('a server whose keys are documents of their own, as those of GoToSocial', () => {
  test.each(['an actor with little but the key', 'the key alone'])('%s', async (shape) => {
    const { me, place } = await meet({ server: 'GoToSocial' });
    const peer = open.at(-1);
    const keyId = `${me.uri}/main-key`;
    const actor = peer?.shown(me.uri) ?? {};
    const key = { ...Object(actor['publicKey']), id: keyId };
    peer?.publish({ ...actor, id: me.uri, publicKey: key });
    const { '@context': context, id, type, preferredUsername } = actor;
    const stub = { '@context': context, id, type, preferredUsername, publicKey: key };
    peer?.publishAt(keyId, shape.startsWith('an actor') ? stub : { '@context': context, ...key });
    const note = text('Note', place, 'reply', { inReplyTo: place.idea, content: '<p>Well said.</p>' });
    const sent = activity('Create', place, note);
    expect(await me.send(`${here.url}/inbox`, sent, { keyId })).toBe(202);
    expect(await outcomeOf(sent['id'])).toEqual({ state: 'done', reason: null });
  });
});

test('after all of that there is nothing that could not be read', async () => {
  const strange = await row(
    here.em(),
    sql<{ count: number }>`select count(*)::int as count from received_activity where reason like '%internal%'`,
  );
  expect(strange?.count).toBe(0);
});
