import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { weekOf } from '../src/edges/statistics/weeks.ts';
import { features } from '../src/features.ts';
import { rows } from '../src/platform/db/database.ts';
import type { Visitor } from './support/browser-like.ts';
import { closeListeners, listen } from './support/live.ts';
import { pledgesFeature } from './support/pledges/pledges.feature.ts';
import { PLEDGE_TABLES } from './support/pledges/pledges.ts';
import { freshDatabase } from './support/databases.ts';
import { eventually, startPolyphony, type ApiAnswer, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';

// A rule for one kind of contribution holds for all, and for one that was never part of the platform: pledges.

const ALL = [...features, pledgesFeature];

let polyphony: TestPlatform;
let maria: ApiPerson;
/** María in her browser. */
let mariaReads: Visitor;
let joao: ApiPerson;
let emma: Visitor;
let reader: Visitor;
beforeAll(async () => {
  const on = await freshDatabase();
  for (const statement of PLEDGE_TABLES.split(';')) await on.database.em().getConnection().execute(statement);
  polyphony = await startPolyphony({}, { engine: stubEngine(), features: ALL, on });
  maria = await polyphony.person('María', { language: 'es', roles: ['organizer'] });
  joao = await polyphony.person('João', { language: 'pt' });
  mariaReads = polyphony.visitor();
  await mariaReads.submit('/es/sign-in', { email: 'maria@example.org', to: '/es' });
  const [link = ''] = /http\S+\/sign-in\/\S+/.exec((await polyphony.mails.next('maria@example.org')).text ?? '') ?? [];
  await mariaReads.submit(new URL(link).pathname, {});
  emma = await polyphony.signIn('Emma', { roles: ['moderator'] });
  reader = polyphony.visitor();
  await reader.get('/en'); // remembers the language: a page that sets a cookie is never kept
});
afterEach(closeListeners);
afterAll(() => polyphony.stop());

interface Posted {
  id: string;
  /** Where it is read by people, below the language, and by machines. */
  page: string;
  api: string;
}

interface Sample {
  plural: string;
  /** How the figures count it. */
  figure: string;
  /** Lists it is on, as pages. */
  lists: string[];
  write(body: string): Promise<Posted>;
  /** New words by its author. */
  edit(posted: Posted, body: string): Promise<unknown>;
  withdraws: boolean;
}

const COMING = {
  startsAt: '2030-10-04T18:00',
  endsAt: '2030-10-04T20:30',
  timeZone: 'Europe/Rome',
  mode: 'in-person',
  address: 'Sala Borsa',
};
const HELD = { ...COMING, startsAt: '2026-03-01T18:00', endsAt: '2026-03-01T20:00' };

const read = (path: string): Promise<ApiAnswer> => joao.api('GET', path + '?lang=en');

async function post(method: string, path: string, words: object): Promise<string> {
  const { status, body } = await maria.api(method, path, { language: 'es', ...words });
  expect([200, 201]).toContain(status);
  return body.id;
}

/** A kind that has everything the kit gives. */
function ofTheKit(plural: string, figure: string, lists: string[], more: object = {}): Sample {
  const write = async (body: string) => {
    const id = await post('POST', `/spaces/climate/${plural}`, { title: 'Trenes', body, ...more });
    return { id, page: `/${plural}/${id}`, api: `/${plural}/${id}` };
  };
  const edit = async ({ api }: Posted, body: string) => {
    const tag = (await maria.api('GET', api)).headers.get('ETag') ?? '';
    expect(await maria.api('PATCH', api, { body }, { 'If-Match': tag })).toMatchObject({ status: 200 });
    expect(await maria.api('PATCH', api, { body }, { 'If-Match': tag })).toMatchObject({ status: 412 });
  };
  return { plural, figure, lists, write, edit, withdraws: !('startsAt' in more) };
}

const SAMPLES: Record<string, Sample> = {
  idea: ofTheKit('ideas', 'ideas', ['/ideas', '/spaces/climate', '/people/maria', '']),
  event: ofTheKit('events', 'events', ['/events', ''], COMING),
  pledge: ofTheKit('pledges', 'pledges', ['/pledges', '/people/maria'], { hours: 4 }),
  comment: {
    plural: 'comments',
    figure: 'comments',
    lists: [],
    async write(body) {
      const idea = await post('POST', '/spaces/climate/ideas', { title: 'Trenes', body: 'De noche.' });
      const id = await post('POST', `/subjects/${idea}/comments`, { body });
      return { id, page: `/ideas/${idea}`, api: `/subjects/${idea}/comments` };
    },
    async edit({ id }, body) {
      expect(await mariaReads.submit(`/es/comments/${id}/edit`, { body, version: '1' })).toMatchObject({ status: 303 });
      expect(await mariaReads.submit(`/es/comments/${id}/edit`, { body, version: '1' })).toMatchObject({ status: 412 });
    },
    withdraws: true,
  },
  report: {
    plural: 'reports',
    figure: 'reports',
    lists: [],
    async write(body) {
      const event = await post('POST', '/spaces/climate/events', { title: 'Asamblea', body: 'Trenes.', ...HELD });
      const id = await post('PUT', `/events/${event}/report`, { title: 'Acta', body, attendees: 4, ideas: [] });
      return { id, page: `/reports/${id}`, api: `/events/${event}/report` };
    },
    edit: async ({ api }, body) => post('PUT', api, { title: 'Acta', body, attendees: 4, ideas: [] }),
    withdraws: false,
  },
};

/** Whether the words are public, at every door where this kind is read. */
async function readEverywhere({ lists }: Sample, { id, page, api }: Posted, word: string): Promise<boolean[]> {
  const shown = await reader.get(`/en${page}`);
  const { status, body } = await read(api);
  const listed = await Promise.all(lists.map(async (list) => (await reader.get(`/en${list}`)).text.includes(id)));
  return [
    shown.status === 200 && shown.text.includes(word),
    status === 200 && JSON.stringify(body).includes(word),
  ].concat(listed);
}

/** Nothing that is judged stays public longer. */
const SOON_SECONDS = 2;

const isEverywhere = (sample: Sample, posted: Posted, word: string) =>
  eventually(async () => expect(new Set(await readEverywhere(sample, posted, word))).toEqual(new Set([true])));

const isNowhere = (sample: Sample, posted: Posted, word: string) =>
  eventually(
    async () => expect(new Set(await readEverywhere(sample, posted, word))).toEqual(new Set([false])),
    SOON_SECONDS,
  );

const counted = async (figure: string): Promise<number> =>
  (await read(`/statistics/weeks/${weekOf(new Date(), 'Europe/Brussels').name}`)).body.figures[figure];

let number = 0;

test('Every kind that people take part with has its sample here', () => {
  expect(Object.keys(SAMPLES).toSorted()).toEqual(
    ALL.flatMap(({ kind }) => (kind?.hideable ? [kind.kind] : [])).toSorted(),
  );
});

describe.each(Object.entries(SAMPLES))('Of every kind: %s', (kind, sample) => {
  const say = () => `Palabra ${kind} ${++number}`;

  test('is posted, told live, counted, translated, listed, and found under its short address', async () => {
    const listener = await listen(polyphony.url);
    await listener.watch({ rooms: ['space:climate'], lang: 'en' });
    const [before, word] = [await counted(sample.figure), say()];
    const posted = await sample.write(word);
    expect(await listener.heard('published', posted.id)).toMatchObject({ kind, language: 'es' });
    await listener.heard('translated', posted.id);
    await isEverywhere(sample, posted, `en: ${word}`);
    expect(await counted(sample.figure)).toBe(before + 1);
    const short = await reader.get(`/o/${posted.id}`);
    expect(short.location).toBe(`/en/${kind === 'comment' ? 'comments/' + posted.id : posted.page.slice(1)}`);
    expect((await reader.get(`/en/${sample.plural}/0197a5c0-0000-7000-8000-000000000000`)).status).toBe(404);
  });

  test('gets new words from its author: the old ones are gone, and who saw the old ones is told', async () => {
    const [old, fresh] = [say(), say()];
    const posted = await sample.write(old);
    await isEverywhere(sample, posted, old);
    const listener = await listen(polyphony.url);
    await listener.watch({ rooms: ['space:climate'], lang: 'es' });
    await sample.edit(posted, fresh);
    await listener.heard('edited', posted.id);
    await isEverywhere(sample, posted, `en: ${fresh}`);
    expect((await reader.get(`/en${posted.page}`)).text).not.toContain(old);
  });

  test('is reported, hidden within two seconds from every door, and restored', async () => {
    const [before, word] = [await counted(sample.figure), say()];
    const posted = await sample.write(word);
    await isEverywhere(sample, posted, word);
    const { body } = await read(posted.api);
    const { text } = body.items ? body.items.find((item: Posted) => item.id === posted.id) : body;
    const flagged = await joao.api('PUT', `/texts/${text.id}/report`, { reason: 'spam', note: 'Otra vez.' });
    expect(flagged.status).toBe(204);
    expect((await emma.get('/en/moderation')).text).toContain(`desk-${posted.id}`);
    const listener = await listen(polyphony.url);
    await listener.watch({ rooms: ['space:climate'], lang: 'en' });
    const act = (name: string) => emma.submit(`/en/${sample.plural}/${posted.id}/${name}`, { reason: 'Twice.' });
    expect((await act('hide')).status).toBe(303);
    await isNowhere(sample, posted, word);
    await listener.heard('hidden', posted.id);
    expect((await reader.get(`/o/${posted.id}`)).status).toBe(410);
    expect((await joao.api('GET', `/texts/${text.id}/translations/en`)).status).toBe(410);
    expect((await joao.api('PUT', `/texts/${text.id}/report`, { reason: 'spam', note: '' })).status).toBe(410);
    expect(await counted(sample.figure)).toBe(before);
    expect((await act('restore')).status).toBe(303);
    await isEverywhere(sample, posted, word);
    expect(await counted(sample.figure)).toBe(before + 1);
  });

  test('is hidden by nobody but moderators, and changed by nobody but its author', async () => {
    const posted = await sample.write(say());
    const karl = await polyphony.signIn(`Karl ${kind}`);
    const path = `/en/${sample.plural}/${posted.id}`;
    expect((await karl.submit(`${path}/hide`, { reason: 'I do not like it.' })).status).toBe(403);
    expect((await polyphony.visitor().submit(`${path}/hide`, { reason: 'Me neither.' })).status).toBe(401);
    if (kind === 'report') return;
    expect((await karl.get(`${path}/edit`)).status).toBe(403);
    expect((await karl.submit(`${path}/edit`, { title: 'X', body: 'Mine.', version: '1' })).status).toBe(403);
  });
});

describe.each(Object.entries(SAMPLES).filter(([, { withdraws }]) => withdraws))(
  'Of every kind that its author takes back: %s',
  (kind, sample) => {
    test('it is gone for good', async () => {
      const word = `Palabra ${kind} ${++number}`;
      const posted = await sample.write(word);
      await isEverywhere(sample, posted, word);
      const path = `/es/${sample.plural}/${posted.id}/withdraw`;
      expect((await mariaReads.get(path)).status).toBe(200);
      expect((await mariaReads.submit(path, {})).status).toBe(303);
      await isNowhere(sample, posted, word);
      expect((await reader.get(`/o/${posted.id}`)).status).toBe(410);
      expect((await emma.submit(`/en/${sample.plural}/${posted.id}/restore`, { reason: 'Why?' })).status).not.toBe(303);
    });
  },
);

test.each(Object.entries(SAMPLES).filter(([, { withdraws }]) => !withdraws))(
  'Of every kind that stands: there is no door to take back %s',
  async (kind, sample) => {
    const { id } = await sample.write(`Palabra ${kind} ${++number}`);
    const path = `/es/${sample.plural}/${id}/withdraw`;
    expect((await mariaReads.get(path)).status).toBe(404);
    expect((await mariaReads.submit(path, {})).status).toBe(404);
  },
);

describe('A pledge, which comes from outside', () => {
  test('has a number of its own: João joins, and the page and the figure tell', async () => {
    const posted = await SAMPLES['pledge']?.write('Cuatro horas al mes.');
    const before = await counted('signatures');
    for (let times = 0; times < 2; times++)
      expect((await joao.api('PUT', `/pledges/${posted?.id}/signature`)).status).toBe(204);
    await eventually(async () => expect((await reader.get(`/en${posted?.page}`)).text).toContain('4 hours, 1 joined'));
    expect((await read(posted?.api ?? '')).body.counts).toMatchObject({ signatures: 1 });
    expect(await counted('signatures')).toBe(before + 1);
    expect(
      await rows(polyphony.em(), sql`select type from activity where subject_id = ${posted?.id} and type = 'signed'`),
    ).toHaveLength(1);
  });

  test('has form, history, comments and support without a line for them', async () => {
    const form = '/es/spaces/climate/pledges/new';
    expect((await mariaReads.get(form)).text).toContain('name="hours"');
    const refused = await mariaReads.submit(form, { title: 'Vías', body: 'Limpio la estación.', hours: 'muchas' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Limpio la estación.');
    const { status, location } = await mariaReads.submit(form, {
      title: 'Vías',
      body: 'Limpio la estación.',
      hours: '3',
    });
    expect(status).toBe(303);
    const [id = ''] = /[0-9a-f-]{36}/.exec(location ?? '') ?? [];
    expect((await joao.api('POST', `/subjects/${id}/comments`, { body: 'Boa ideia!', language: 'pt' })).status).toBe(
      201,
    );
    const page = (await joao.api('GET', `/pledges/${id}`)).body;
    expect(page.hours).toBe(3);
    expect((await reader.get(`/en/pledges/${id}/history`)).status).toBe(200);
    await eventually(async () => expect((await reader.get(`/en/pledges/${id}`)).text).toContain('en: Boa ideia!'));
    expect((await emma.submit(`/en/subjects/${id}/endorsement`, { supports: '1' })).status).toBe(303);
  });
});
