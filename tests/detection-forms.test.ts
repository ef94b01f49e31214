import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { row, rows } from '../src/platform/db/database.ts';
import type { PageAnswer, Visitor } from './support/browser-like.ts';
import { faultsIn } from './support/markup.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';
import { onPage } from './support/words.ts';

const SLOVENE = {
  title: 'Več nočnih vlakov po vsej Evropi',
  body: 'Želimo si, da bi lahko ljudje ponoči z vlakom potovali v vsako glavno mesto, brez letal in brez dolgega čakanja na mejah.',
};
const CHINESE = { title: '更多夜间火车', body: '我们需要更多的夜间火车，这样人们就不必乘坐飞机。' };

let polyphony: TestPlatform;
let maja: Visitor;
let emma: Visitor;
let karl: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine({ policy: 'eager' }) });
  maja = await polyphony.signIn('Maja', { language: 'en', roles: ['organizer'] });
  emma = await polyphony.signIn('Emma', { language: 'en', roles: ['moderator'] });
  karl = await polyphony.person('Karl', { language: 'en' });
});
afterAll(() => polyphony.stop());
beforeEach(async () => void (await rows(polyphony.em(), sql`delete from rate`)));

async function post(words: Record<string, string>): Promise<{ id: string; path: string; page: PageAnswer }> {
  // Who posts the same words again within minutes is led to the first.
  await rows(polyphony.em(), sql`delete from idempotency`);
  const posted = await maja.submit('/en/spaces/climate/ideas/new', words);
  expect(posted.status).toBe(303);
  const [id = ''] = /[0-9a-f-]{36}/.exec(posted.location ?? '') ?? [];
  return { id, path: `/en/ideas/${id}`, page: await maja.get(posted.location ?? '') };
}

const storedOf = (id: string) =>
  row(
    polyphony.em(),
    sql<{
      id: string;
      language: string;
      decided_by: string;
    }>`select t.id, t.language, t.decided_by from text t join subject s on s.text_id = t.id where s.id = ${id}`,
  );

/** As if the detector had been less sure of it. */
const doubted = (id: string, confidence: number) =>
  rows(
    polyphony.em(),
    sql`update text set detected_confidence = ${confidence} from subject s where s.text_id = text.id and s.id = ${id}`,
  );

const DETECTED = 'Recognised: <span lang="sl" dir="ltr">slovenščina</span> (Slovenian) · change';
/** The part of the page that asks. */
const askedOn = (page: string): string =>
  /<section class="notice language-asked"[^]*?<\/section>/.exec(page)?.[0] ?? '';
const answersOn = (page: string): string[] =>
  [...askedOn(page).matchAll(/<button[^>]*name="language" value="(\w+)"/g)].map(([, code = '']) => code);

describe('after Maja has posted in Slovenian, from an English page', () => {
  test('nothing is said when the detector is sure; she can still say it', async () => {
    const { id, page } = await post(SLOVENE);
    expect(await storedOf(id)).toMatchObject({ language: 'sl', decided_by: 'detector' });
    expect(askedOn(page.text)).toBe('');
    expect(page.text).not.toContain('Recognised: <');
    expect(page.text).toContain('Language: <span lang="sl" dir="ltr">slovenščina</span> (Slovenian) · change');
    expect(faultsIn(page.text)).toEqual([]);
  });

  test('a line names the language when it is less sure', async () => {
    const { id, path } = await post(SLOVENE);
    await doubted(id, 0.7);
    const { text } = await maja.get(path);
    expect(text).toContain(DETECTED);
    expect(askedOn(text)).toBe('');
  });

  test('she is asked when it is not sure, with the likely ones first and without any script', async () => {
    const { id, path } = await post(SLOVENE);
    await doubted(id, 0.5);
    const { text } = await maja.get(path);
    expect(askedOn(text)).toContain(onPage('en', 'texts:whichLanguage'));
    expect(answersOn(text)[0]).toBe('sl');
    expect(answersOn(text)).toContain('en');
    expect(answersOn(text)).toHaveLength(2);
    expect(faultsIn(text)).toEqual([]);
  });

  test('her answer counts, and nobody asks again', async () => {
    const { id, path } = await post(SLOVENE);
    await doubted(id, 0.5);
    const [, action = ''] =
      /<form class="actions" method="post" action="([^"]+)"/.exec((await maja.get(path)).text) ?? [];
    const answered = await maja.submit(action, { language: 'hr' }, { Referer: polyphony.url + path });
    expect(answered.location).toBe(path);
    expect(await storedOf(id)).toMatchObject({ language: 'hr', decided_by: 'author' });
    await doubted(id, 0.1);
    expect(askedOn((await maja.get(path)).text)).toBe('');
  });

  test('only she is asked', async () => {
    const { id, path } = await post(SLOVENE);
    await doubted(id, 0.5);
    for (const visitor of [emma, polyphony.visitor()]) {
      const { text } = await visitor.get(path);
      expect(askedOn(text)).toBe('');
      expect(text).not.toContain(`/language"`);
    }
  });

  test('two words are too few to know, however sure the detector is', async () => {
    const { id, path } = await post({ title: 'Alpe', body: 'Jadran' });
    await doubted(id, 0.79);
    const page = await maja.get(path);
    expect(askedOn(page.text)).toContain(onPage('en', 'texts:whichLanguage'));
    expect(answersOn(page.text).length).toBeGreaterThan(0);
  });
});

describe('Bosnian, Croatian and Serbian in Latin letters (F17)', () => {
  const SERBIAN = {
    title: 'Više parkova za decu',
    body: 'Želim da se u našem gradu izgradi više biciklističkih staza i parkova za decu.',
  };

  test('share one label where only Croatian is enabled: the page and programs say so', async () => {
    const { id, page } = await post(SERBIAN);
    expect(await storedOf(id)).toMatchObject({ language: 'hr' });
    const languages = 'Croatian, Bosnian and Serbian';
    expect(page.text).toContain(onPage('en', 'texts:oneLabel', { languages }));
    expect((await karl.api('POST', '/texts/detect', SERBIAN)).body).toMatchObject({
      language: 'hr',
      alsoFor: ['bs', 'sr'],
    });
    expect((await post(SLOVENE)).page.text).not.toContain('One label for');
  });

  test('programs get the two languages to ask about when nobody is sure (F16)', async () => {
    const { body } = await karl.api('POST', '/texts/detect', { body: 'Datos de radares' });
    expect(body).toMatchObject({ sure: false, ask: [body.language, body.alternatives[0].language] });
    expect((await karl.api('POST', '/texts/detect', SLOVENE)).body.ask).toEqual([]);
  });
});

describe('a text in a language nobody has enabled', () => {
  test('is stored as undetermined, marked so on pages, and its author is asked', async () => {
    const { id, page } = await post(CHINESE);
    expect(await storedOf(id)).toMatchObject({ language: 'und', decided_by: 'detector' });
    expect(askedOn(page.text)).toContain(onPage('en', 'texts:whichLanguage'));
    expect(page.text).toContain(`<h1 lang="und" dir="auto">${CHINESE.title}</h1>`);
    expect(page.text).toContain(`<span class="lang"><span>Unknown language</span></span>`);
    expect((await polyphony.visitor().get(`/ar/ideas/${id}`)).text).toContain(onPage('ar', 'site:unknownLanguage'));
  });

  test('is translated by nobody, and the API says so', async () => {
    const { id } = await post(CHINESE);
    const { body } = await karl.api('GET', `/ideas/${id}?lang=es`);
    expect(body.text).toMatchObject({ language: 'und', decidedBy: 'detector' });
    expect(body.translation).toMatchObject({ state: 'unsupported' });
    await maja.submit(`/en/texts/${body.text.id}/wish`, {});
    const { id: text = '' } = (await storedOf(id)) ?? {};
    expect(await rows(polyphony.em(), sql`select 1 from translation where text_id = ${text}`)).toEqual([]);
  });

  test('is found by moderators and readers in the filters, and counted under a name in the figures', async () => {
    const { id } = await post(CHINESE);
    await post(SLOVENE);
    for (const path of ['/en/moderation?language=und', '/en/ideas?language=und']) {
      const { text } = await emma.get(path);
      expect(text).toContain(id);
      expect(text).not.toContain(SLOVENE.title);
      expect(text).toContain('<option value="und" selected>Unknown language</option>');
    }
    expect((await karl.api('GET', '/ideas?language=und')).body.items.map((each: { id: string }) => each.id)).toContain(
      id,
    );
    const sofia = await polyphony.signIn(`Sofia ${id.slice(-4)}`, { roles: ['secretariat'] });
    const { location } = await sofia.get('/en/secretariat');
    const week = await sofia.get(location ?? '');
    expect(week.text).toContain(onPage('en', 'site:unknownLanguage'));
    expect(week.text).not.toContain('>root<');
    expect((await sofia.get(`${location}.csv`)).text).toContain('language,und,ideas,');
    expect((await sofia.get((location ?? '').replace('secretariat', 'statistics'))).text).toContain(
      onPage('en', 'site:unknownLanguage'),
    );
    const { body } = await karl.api('GET', `/statistics/weeks/${location?.split('/').at(-1)}`);
    expect(body.byLanguage).toContainEqual({ language: 'und', ideas: expect.any(Number) });
  });

  test('Maja may say in the form that it is another language; a moderator may correct it later', async () => {
    const { id } = await post({ ...SLOVENE, language: 'und' });
    expect(await storedOf(id)).toMatchObject({ language: 'und', decided_by: 'author' });
    const { id: text = '' } = (await storedOf(id)) ?? {};
    expect((await emma.submit(`/en/texts/${text}/language`, { language: 'sl' })).status).toBe(303);
    expect(await storedOf(id)).toMatchObject({ language: 'sl', decided_by: 'moderator' });
  });
});

describe('every form asks in the same way', () => {
  const forms = async (): Promise<string[]> => {
    const { id, path } = await post(SLOVENE);
    const commented = await maja.submit(`/en/subjects/${id}/comments`, { body: 'Se strinjam.' });
    const [comment = ''] = /(?<=#c-)[0-9a-f-]{36}/.exec(commented.location ?? '') ?? [];
    const paths = ['/en/spaces/climate/ideas/new', '/en/events/new', path, `/en/comments/${comment}/edit`];
    return Promise.all(paths.map(async (each) => (await maja.get(each)).text));
  };

  test('a quiet line that unfolds, and a place for the question', async () => {
    for (const form of await forms()) {
      expect(form).toContain('Language: <span data-chosen>recognised automatically</span> · choose');
      expect(form.match(/<select class="input" id="language" name="language">/g)).toHaveLength(1);
      expect(form).toContain(`role="status" data-guess>${onPage('en', 'texts:recognises')}`);
      expect(form).toContain('<option value="und">Another language</option>');
      expect(form).not.toContain('<details class="fold" open>');
      expect(faultsIn(form)).toEqual([]);
    }
  });

  test('a comment takes its author’s word, from the form and from programs, and asks when it is short', async () => {
    const { id, path } = await post(SLOVENE);
    await maja.submit(`/en/subjects/${id}/comments`, { body: 'Nasploh odlična zamisel, hvala lepa.', language: 'hr' });
    const { body } = await karl.api('POST', `/ideas/${id}/comments`, {
      body: 'So many good ideas here.',
      language: 'mt',
    });
    expect(body.text).toMatchObject({ language: 'mt', decidedBy: 'author' });
    const { items } = (await karl.api('GET', `/ideas/${id}/comments`)).body;
    expect(items.map(({ text }: { text: { language: string } }) => text.language).toSorted()).toEqual(['hr', 'mt']);
    expect(askedOn((await maja.get(path)).text)).toBe('');
    await maja.submit(`/en/subjects/${id}/comments`, { body: 'Super!' });
    expect(askedOn((await maja.get(path)).text)).toContain(onPage('en', 'texts:whichLanguage'));
    expect(askedOn((await emma.get(path)).text)).toBe('');
    const wrong = await maja.submit(`/en/subjects/${id}/comments`, { body: 'Super!', language: 'tlh' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain(onPage('en', 'errors:language'));
    expect(wrong.text).toContain('>\nSuper!</textarea>');
  });

  test('what somebody has said stands in the form when the words are changed', async () => {
    const { id, path } = await post(SLOVENE);
    const { id: text = '' } = (await storedOf(id)) ?? {};
    await emma.submit(`/en/texts/${text}/language`, { language: 'hr' });
    const { text: form } = await maja.get(`${path}/edit`);
    expect(form).toMatch(/<option value="hr"[^>]* selected>/);
    expect(form).toContain('<span data-chosen><span lang="hr" dir="ltr">hrvatski</span></span>');
  });

  test('an organizer is asked on the page of the event, and on that of its report', async () => {
    const event = await maja.submit('/en/events/new', {
      ...{ space: 'climate', title: 'Alpe', body: 'Jadran', mode: 'online', url: 'https://meet.example.org/' },
      ...{ startsAt: '2020-05-04T10:00', endsAt: '2020-05-04T12:00', timeZone: 'Europe/Ljubljana' },
    });
    expect(event.status).toBe(303);
    const [id = ''] = /[0-9a-f-]{36}/.exec(event.location ?? '') ?? [];
    expect(askedOn((await maja.get(`/en/events/${id}`)).text)).toContain(onPage('en', 'texts:whichLanguage'));
    expect(askedOn((await emma.get(`/en/events/${id}`)).text)).toBe('');
    expect((await maja.get(`/en/events/${id}/report`)).text).toContain('data-chosen');
    await maja.submit(`/en/events/${id}/report`, { body: 'Dober večer', attendees: '3', version: '0' });
    const [report = ''] = /(?<=\/en\/reports\/)[0-9a-f-]{36}/.exec((await maja.get(`/en/events/${id}`)).text) ?? [];
    expect(askedOn((await maja.get(`/en/reports/${report}`)).text)).toContain(onPage('en', 'texts:whichLanguage'));
  });
});

describe('programs ask the detector', () => {
  const detect = async (body: unknown) => (await karl.api('POST', '/texts/detect', body)).body;

  test('and learn when a text is in none of the languages', async () => {
    expect(await detect(SLOVENE)).toMatchObject({ language: 'sl', sure: true, undetermined: false });
    expect(await detect(CHINESE)).toMatchObject({ language: null, confidence: 0, sure: false, undetermined: true });
  });
});
