import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { weekOf } from '../src/edges/statistics/weeks.ts';
import type { Visitor } from './support/browser-like.ts';
import { figureOf } from './support/figures.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';

let polyphony: TestPlatform;
let giulia: ApiPerson;
let emma: Visitor;
let reader: Visitor;
beforeAll(async () => {
  polyphony = await startPolyphony();
  giulia = await polyphony.person('Giulia', { roles: ['organizer'] });
  emma = await polyphony.signIn('Emma', { roles: ['moderator'] });
  reader = polyphony.visitor();
  await reader.get('/en'); // remembers the language: a page that sets a cookie is never kept
});
afterAll(() => polyphony.stop());

interface Written {
  plural: string;
  id: string;
}

const HELD = {
  startsAt: '2026-03-01T18:00',
  endsAt: '2026-03-01T20:00',
  timeZone: 'Europe/Rome',
  mode: 'in-person',
  address: 'Sala Borsa',
};
const COMING = { ...HELD, startsAt: '2031-10-04T18:00', endsAt: '2031-10-04T20:30' };

/** Before all others: home shows three. */
const NEXT = { ...COMING, startsAt: '2030-10-04T18:00', endsAt: '2030-10-04T20:30' };

async function write(plural: string, path: string, words: object): Promise<Written> {
  const method = plural === 'reports' ? 'PUT' : 'POST';
  const { status, body } = await giulia.api(method, path, { body: 'Binari per tutti.', language: 'it', ...words });
  expect([200, 201]).toContain(status);
  return { plural, id: body.id };
}

const postIdea = (title: string) => write('ideas', '/spaces/climate/ideas', { title });
const announce = (title: string, when = COMING) => write('events', '/spaces/health/events', { title, ...when });
const comment = (body: string, { id }: Written) => write('comments', `/subjects/${id}/comments`, { body });
const reportOn = ({ id }: Written, title: string, ideas: string[] = []) =>
  write('reports', `/events/${id}/report`, { title, attendees: 20, ideas });

/** New words in the place of old ones. */
async function edit(what: Written, title: string): Promise<Written> {
  await giulia.api('PATCH', `/${what.plural}/${what.id}`, { title }, { 'If-Match': '"1"' });
  return what;
}

interface Case {
  /** A page that anybody may read. */
  path: string;
  /** What happens to something on it; `word` is new to it. */
  act(word: string): Promise<Written>;
  /** What is read from the page, and changes: whether it has the word, unless told otherwise. */
  reads?(page: string): unknown;
}

const thisWeek = weekOf(new Date(), 'Europe/Brussels').name;
const themeOf = (page: string) => /\/spaces\/climate"[^]*?<\/li>/.exec(page)?.[0];
const bandOf = (page: string) => /class="band-caption">[^]*?<\/summary>/.exec(page)?.[0];

/** Every kind of page that is kept, with each thing it shows. Events are in another space: they share nothing else with the ideas. */
const CASES: Record<string, () => Promise<Case>> = {
  async 'an idea'() {
    const idea = await postIdea('Treni');
    return { path: `/en/ideas/${idea.id}`, act: (word) => edit(idea, word) };
  },
  async 'an idea, for its comments'() {
    const idea = await postIdea('Treni');
    return { path: `/en/ideas/${idea.id}`, act: (word) => comment(word, idea) };
  },
  async 'an idea, for the events that discussed it'() {
    const idea = await postIdea('Treni');
    const event = await announce('Assemblea', HELD);
    await reportOn(event, 'Verbale', [idea.id]);
    return { path: `/en/ideas/${idea.id}`, act: (word) => edit(event, word) };
  },
  async 'an event'() {
    const event = await announce('Assemblea');
    return { path: `/en/events/${event.id}`, act: (word) => edit(event, word) };
  },
  async 'an event, for its comments'() {
    const event = await announce('Assemblea');
    return { path: `/en/events/${event.id}`, act: (word) => comment(word, event) };
  },
  async 'an event, for its report'() {
    const event = await announce('Assemblea', HELD);
    return { path: `/en/events/${event.id}`, act: (word) => reportOn(event, word) };
  },
  async 'an event, for the ideas its report names'() {
    const idea = await postIdea('Treni');
    const event = await announce('Assemblea', HELD);
    await reportOn(event, 'Verbale', [idea.id]);
    return { path: `/en/events/${event.id}`, act: (word) => edit(idea, word) };
  },
  async 'a report'() {
    const event = await announce('Assemblea', HELD);
    const report = await reportOn(event, 'Verbale');
    const act = (word: string) => reportOn(event, word);
    return { path: `/en/reports/${report.id}`, act };
  },
  async 'a report, for its comments'() {
    const report = await reportOn(await announce('Assemblea', HELD), 'Verbale');
    return { path: `/en/reports/${report.id}`, act: (word) => comment(word, report) };
  },
  async 'a report, for its event'() {
    const event = await announce('Assemblea', HELD);
    const report = await reportOn(event, 'Verbale');
    return { path: `/en/reports/${report.id}`, act: (word) => edit(event, word) };
  },
  async 'a report, for the ideas it names'() {
    const idea = await postIdea('Treni');
    const report = await reportOn(await announce('Assemblea', HELD), 'Verbale', [idea.id]);
    return { path: `/en/reports/${report.id}`, act: (word) => edit(idea, word) };
  },
  'the list of ideas': async () => ({ path: '/en/ideas', act: postIdea }),
  'the list of events': async () => ({ path: '/en/events', act: (word) => announce(word, NEXT) }),
  'a space': async () => ({ path: '/en/spaces/climate', act: postIdea }),
  'the list of spaces': async () => ({ path: '/en/spaces', act: postIdea, reads: themeOf }),
  'a profile': async () => ({ path: '/en/people/giulia', act: postIdea }),
  'home, for its ideas': async () => ({ path: '/en', act: postIdea }),
  'home, for its events': async () => ({ path: '/en', act: (word) => announce(word, NEXT) }),
  'the week': async () => ({
    ...{ path: `/en/statistics/${thisWeek}`, act: postIdea },
    reads: (page) => figureOf(page, 'ideas').value,
  }),
  'the page about translation, for the band on every page': async () => ({
    ...{ path: '/en/translation', act: postIdea, reads: bandOf },
  }),
};

/** What is read from the page, once it is the same to the letter as the one before: then it is kept. */
function readKept(path: string, reads: (page: string) => unknown): Promise<unknown> {
  return eventually(async () => {
    const [first, second] = [await reader.get(path), await reader.get(path)];
    expect(first.headers.get('ETag')).not.toBeNull();
    expect(second.headers.get('ETag')).toBe(first.headers.get('ETag'));
    return reads(second.text);
  });
}

/** Far within the half minute after which a page is made anew, whatever happened. */
const SOON_SECONDS = 8;

describe('A page that is kept changes with what it shows:', () => {
  test.each(Object.entries(CASES))('%s', async (name, prepare) => {
    const word = `Binario, ${name}`;
    const { path, act, reads = (page) => page.includes(word) } = await prepare();
    const read = async () => reads((await reader.get(path)).text);
    const before = await readKept(path, reads);
    const { plural, id } = await act(word);
    await eventually(async () => expect(await read()).not.toEqual(before), SOON_SECONDS);
    await readKept(path, reads);
    await emma.submit(`/en/${plural}/${id}/hide`, { reason: 'Out of the timetable.' });
    await eventually(async () => expect(await read()).toEqual(before), SOON_SECONDS);
  });
});
