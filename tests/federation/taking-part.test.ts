import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { weekOf } from '../../src/edges/statistics/weeks.ts';
import { agree, readObject, startFederated } from '../support/federation/federated.ts';
import { startPeer, type Peer, type PeerActor } from '../support/federation/peer.ts';
import { onPage } from '../support/words.ts';
import { eventually, type ApiPerson, type TestPlatform } from '../support/polyphony.ts';

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public';

let here: TestPlatform;
let there: Peer;
let ada: ApiPerson;
let eva: PeerActor;
let idea: string;
let notes = 0;

beforeAll(async () => {
  here = await startFederated();
  there = await startPeer();
  ada = await here.person('Ada', { roles: ['organizer'] });
  await agree(here.em(), ada.id);
  eva = there.actor('eva', { name: 'Eva Novák' });
  const posted = await ada.api('POST', '/spaces/climate/ideas', {
    ...{ title: 'Night trains', body: 'They join cities.', language: 'en' },
  });
  idea = posted.body.id;
});

afterAll(async () => {
  await there.close();
  await here.stop();
});

const note = (more: Record<string, unknown>) => ({
  ...{ id: `${there.url}/notes/${++notes}`, type: 'Note', attributedTo: eva.uri, to: [PUBLIC] },
  ...{ published: new Date().toISOString(), ...more },
});

const send = (activity: Record<string, unknown>, actor = eva) => actor.send(`${here.url}/inbox`, activity);
const comments = async () => (await ada.api('GET', `/ideas/${idea}/comments?lang=en`)).body.items;

describe('people of other servers take part from where they are', () => {
  let reply: ReturnType<typeof note>;

  test('an answer is a comment, in its language, with its author and their server', async () => {
    reply = note({
      inReplyTo: `${here.url}/o/${idea}`,
      content: '<p>Das ist <strong>gut</strong>.</p><script>alert(1)</script><ul><li>eins</li><li>zwei</li></ul>',
      contentMap: {
        de: '<p>Das ist <strong>gut</strong>.</p><script>alert(1)</script><ul><li>eins</li><li>zwei</li></ul>',
      },
    });
    expect(await send(eva.activity('Create', reply, { to: [PUBLIC] }))).toBe(202);
    const [comment] = await comments();
    expect(comment).toMatchObject({
      author: { handle: `eva@${there.host}`, name: 'Eva Novák' },
      text: { language: 'de', decidedBy: 'remote', body: 'Das ist **gut**.\n\n- eins\n- zwei' },
    });
    const page = await fetch(`${here.url}/en/ideas/${idea}`).then((answer) => answer.text());
    expect(page).toContain('<strong>gut</strong>');
    expect(page).not.toContain('alert(1)');
    const profile = await fetch(`${here.url}/en/people/eva@${there.host}`);
    expect(profile.status).toBe(200);
    expect(await profile.text()).toContain(`leave?to=${encodeURIComponent(eva.uri)}`);
    expect(page).toContain(`@${there.host}</span>`);
  });

  test('tags without their parents, and thousands of them, are read as text', async () => {
    const odd = note({ inReplyTo: `${here.url}/o/${idea}`, content: `<li>alone</li>${'<b>'.repeat(20_000)}deep` });
    expect(await send(eva.activity('Create', odd, { to: [PUBLIC] }))).toBe(202);
    await send(eva.activity('Delete', odd.id));
    expect(await comments()).toHaveLength(1);
  });

  test('sent again it is there once', async () => {
    await send(eva.activity('Create', reply, { to: [PUBLIC] }));
    expect(await comments()).toHaveLength(1);
  });

  test('an answer from here goes to their server, as an answer to theirs', async () => {
    const [comment] = await comments();
    await ada.api('POST', `/ideas/${idea}/comments`, { body: 'Danke!', parent: comment.id, language: 'de' });
    const create = await there.next(({ type, object }) => type === 'Create' && object?.inReplyTo === reply.id);
    expect(create.object.tag).toEqual([{ type: 'Mention', href: eva.uri, name: `@eva@${there.host}` }]);
  });

  test('their change is a new version, and nobody else can make one', async () => {
    const mia = there.actor('mia');
    await send(mia.activity('Update', { ...reply, attributedTo: mia.uri, content: '<p>Falsch</p>' }), mia);
    await send(eva.activity('Update', { ...reply, contentMap: { de: '<p>Das ist sehr gut.</p>' } }));
    const [comment] = await comments();
    expect(comment.text).toMatchObject({ body: 'Das ist sehr gut.' });
    expect(comment.version).toBe(2);
  });

  test('support counts by itself, once, and can be taken back', async () => {
    const like = eva.activity('Like', `${here.url}/o/${idea}`);
    await send(like);
    await send(eva.activity('Like', `${here.url}/o/${idea}`));
    const counts = async () => (await ada.api('GET', `/ideas/${idea}`)).body.counts;
    await eventually(async () => expect(await counts()).toMatchObject({ endorsementsElsewhere: 1 }));
    expect((await counts()).endorsements ?? 0).toBe(0);
    const mia = there.actor('mia');
    await send(mia.activity('Undo', like), mia);
    await send(eva.activity('Undo', like));
    await eventually(async () => expect(await counts()).toMatchObject({ endorsementsElsewhere: 0 }));
  });

  test('what is posted to a theme is an idea there, and the theme sends it on', async () => {
    const fan = there.actor('fan');
    await send(fan.activity('Follow', `${here.url}/s/climate`), fan);
    const page = note({
      ...{
        type: 'Page',
        name: 'Více stromů',
        audience: `${here.url}/s/climate`,
        to: [`${here.url}/s/climate`, PUBLIC],
      },
      ...{ content: '<p>Stromy dávají stín.</p>', nameMap: { cs: 'Více stromů', en: 'More trees' } },
      contentMap: { cs: '<p>Stromy dávají stín.</p>', en: '<p>Trees give shade.</p>' },
      translations: [{ type: 'Translation', inLanguage: 'en', translator: [`${there.url}/mt`] }],
    });
    await send(eva.activity('Create', page, { to: [PUBLIC] }));
    const { body } = await ada.api('GET', '/ideas?lang=cs');
    expect(body.items.find(({ text }: { text: { title: string } }) => text.title === 'Více stromů')).toMatchObject({
      text: { language: 'cs', body: 'Stromy dávají stín.' },
    });
    await there.next(({ type, object }) => type === 'Announce' && object?.object?.id === page.id);
  });

  test('an event with one seat: one comes, one waits, and hears when the seat is free', async () => {
    const mia = there.actor('mia');
    const posted = await ada.api('POST', '/spaces/climate/events', {
      ...{ title: 'Planting', body: 'Bring gloves.', timeZone: 'Europe/Madrid', mode: 'in-person', capacity: 1 },
      ...{ startsAt: '2031-04-01T16:00:00Z', endsAt: '2031-04-01T18:00:00Z', address: 'Calle 1', language: 'en' },
    });
    const event = `${here.url}/o/${posted.body.id}`;
    expect((await readObject(event)).body).toMatchObject({
      type: 'Event',
      joinMode: 'free',
      remainingAttendeeCapacity: 1,
    });
    const first = eva.activity('Join', event);
    await send(first);
    await there.next(({ type, object }) => type === 'Accept' && object?.id === first['id']);
    const second = mia.activity('Join', event);
    await send(second, mia);
    await send(eva.activity('Leave', event));
    const accept = await there.next(({ type, object }) => type === 'Accept' && object?.id === second['id']);
    expect(accept.actor).toBe(`${here.url}/s/climate`);
    expect((await readObject(event)).body).toMatchObject({ remainingAttendeeCapacity: 0, participantCount: 1 });
  });

  test('a report from their server comes to the moderators, who read from where', async () => {
    const server = there.actor('server', { type: 'Application' });
    await send(
      server.activity('Flag', [eva.uri, `${here.url}/o/${idea}`], { content: 'Looks like <b>advertising</b>' }),
      server,
    );
    const emma = await here.signIn('Emma', { roles: ['moderator'] });
    const desk = await emma.get('/en/moderation');
    expect(desk.text).toContain(onPage('en', 'moderation:reason.elsewhere'));
    expect(desk.text).toContain(`${there.host}: Looks like advertising`);
  });

  test('what they take back is gone, words and all; who leaves takes everything along', async () => {
    await send(eva.activity('Delete', { id: reply.id, type: 'Tombstone' }));
    expect(
      (await comments())
        .filter(({ author }: { author: unknown }) => author)
        .map((each: { text: { body: string } }) => each.text.body),
    ).not.toContain('Das ist sehr gut.');
    expect(await here.em().getConnection().execute(`select 1 from text where body like '%sehr gut%'`)).toEqual([]);
    await send(eva.activity('Delete', eva.uri));
    expect(await here.em().getConnection().execute(`select 1 from person where name = 'Eva Novák'`)).toEqual([]);
    expect(await here.em().getConnection().execute(`select 1 from text where body like 'Stromy%'`)).toEqual([]);
  });

  test('nobody from elsewhere is counted as taking part here', async () => {
    const mia = there.actor('mia');
    await send(
      mia.activity(
        'Create',
        { ...note({ inReplyTo: `${here.url}/o/${idea}`, content: '<p>Hello there.</p>' }), attributedTo: mia.uri },
        { to: [PUBLIC] },
      ),
      mia,
    );
    const week = weekOf(new Date(), 'Europe/Brussels').name;
    const { body } = await ada.api('GET', `/statistics/weeks/${week}`);
    expect(body.figures).toMatchObject({ ideas: 1, endorsements: 0, registrations: 0, participants: 1 });
  });
});
