import { randomUUID } from 'node:crypto';

import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { row, rows } from '../src/platform/db/database.ts';
import type { PageAnswer, Visitor } from './support/browser-like.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';
import { onPage } from './support/words.ts';

const INSULT = 'El alcalde es un ladrón y todos sus amigos son unos sinvergüenzas.';

let polyphony: TestPlatform;
let maria: Visitor;
let joao: Visitor;
let emma: Visitor;
let karl: ApiPerson;
let id: string;
let text: string;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine({ policy: 'wish' }) });
  maria = await polyphony.signIn('María', { language: 'es' });
  joao = await polyphony.signIn('João Informador', { language: 'pt' });
  emma = await polyphony.signIn('Emma', { language: 'en', roles: ['moderator'] });
  karl = await polyphony.person('Karl Informant', { language: 'de' });
});
afterAll(() => polyphony.stop());

beforeEach(async () => {
  // Every story begins a new minute: nobody has written or reported anything in it.
  await rows(polyphony.em(), sql`delete from rate`);
  // Who posts the same words again within minutes is led to the first.
  await rows(polyphony.em(), sql`delete from idempotency`);
  const posted = await maria.submit('/es/spaces/climate/ideas/new', { title: 'El alcalde', body: INSULT });
  [id = ''] = /[0-9a-f-]{36}/.exec(posted.location ?? '') ?? [];
  text = (await karl.api('GET', `/ideas/${id}`)).body.text.id;
});

const report = (fields: Record<string, string>, by = joao): Promise<PageAnswer> =>
  by.submit(`/pt/texts/${text}/report`, fields);
const reports = () =>
  rows(
    polyphony.em(),
    sql`select p.handle, r.reason, r.language, r.note, r.settled_at is not null as settled from flag r
      join person p on p.id = r.person_id where r.text_id = ${text} order by p.handle`,
  );
/** The part of a desk that is about one subject. */
const itemOf = (page: string, subject = id): string =>
  new RegExp(`<article class="desk-item" id="desk-${subject}"[^]*?</article>`).exec(page)?.[0] ?? '';

describe('João reports a text', () => {
  test('from the link on its page, and is thanked in Portuguese', async () => {
    expect((await joao.get(`/pt/ideas/${id}`)).text).toContain(`href="/pt/texts/${text}/report"`);
    expect((await joao.get(`/pt/texts/${text}/report`)).text).toContain('name="reason"');
    const sent = await report({ reason: 'offensive', note: 'Chama ladrão ao presidente da câmara.' });
    expect([sent.status, sent.location]).toEqual([303, `/pt/texts/${text}/report?sent=1`]);
    expect((await joao.get(sent.location ?? '')).text).toContain(onPage('pt', 'moderation:thanksLead'));
    expect(await reports()).toEqual([
      {
        handle: 'joao-informador',
        reason: 'offensive',
        language: null,
        note: 'Chama ladrão ao presidente da câmara.',
        settled: false,
      },
    ]);
  });

  test('a comment too, which stands on the page of its idea', async () => {
    await maria.submit(`/es/subjects/${id}/comments`, { body: 'Y sus amigos son peores que él.' });
    const page = await joao.get(`/pt/ideas/${id}`);
    const links = [...page.text.matchAll(/\/pt\/texts\/([0-9a-f-]{36})\/report/g)].map(([, each]) => each);
    expect(new Set(links).size).toBe(2);
    text = links.find((each) => each !== text) ?? '';
    expect((await report({ reason: 'off-topic' })).status).toBe(303);
  });

  test('twice: the second takes the place of the first, until a moderator has looked', async () => {
    await report({ reason: 'spam', note: 'Publicidade' });
    const again = await joao.get(`/pt/texts/${text}/report`);
    expect(again.text).toContain(onPage('pt', 'moderation:flaggedBefore'));
    expect(again.text).toContain('>\nPublicidade</textarea>');
    await report({ reason: 'illegal' });
    expect(await reports()).toMatchObject([{ reason: 'illegal', note: null }]);
    await settle();
    const late = await report({ reason: 'spam' });
    expect(late.status).toBe(409);
    expect(late.text).toContain(onPage('pt', 'errors:alreadyDecided'));
    expect(await reports()).toMatchObject([{ reason: 'illegal', settled: true }]);
  });

  test('a wrong translation is reported with the language he read it in, once there is one', async () => {
    const early = await report({ reason: 'wrong-translation' });
    expect(early.status).toBe(422);
    expect(early.text).toContain(onPage('pt', 'errors:notTranslated'));
    await joao.get(`/pt/ideas/${id}`);
    await eventually(async () => expect((await report({ reason: 'wrong-translation' })).status).toBe(303));
    expect(await reports()).toMatchObject([{ reason: 'wrong-translation', language: 'pt' }]);
  });

  test.each([
    ['no reason', { note: 'Não gosto.' }, 'errors:chooseReason'],
    ['a reason of his own', { reason: 'boring', note: 'Não gosto.' }, 'errors:chooseReason'],
    ['a note longer than anybody reads', { reason: 'spam', note: 'x'.repeat(501) }, 'errors:tooLong'],
    ['a note with a NUL', { reason: 'spam', note: 'a\u0000b' }, 'errors:badCharacters'],
  ] as const)('%s: the form comes back with what he typed, and nothing is stored', async (_name, fields, key) => {
    const page = await report(fields);
    expect(page.status).toBe(422);
    expect(page.text).toContain(onPage('pt', key, { max: 500 }));
    expect(page.text).toContain(`>\n${fields.note}</textarea>`);
    expect(await reports()).toEqual([]);
  });

  test('who is not signed in is asked to, and keeps what they wrote', async () => {
    const stranger = polyphony.visitor();
    const asked = await stranger.get(`/pt/texts/${text}/report`);
    expect(asked.status).toBe(401);
    expect(asked.text).toContain(`/pt/sign-in?to=${encodeURIComponent(`/pt/texts/${text}/report`)}`);
    const sent = await report({ reason: 'spam', note: 'Publicidade' }, stranger);
    expect(sent.status).toBe(401);
    expect(sent.text).toContain('>\nPublicidade</textarea>');
    expect(sent.text).not.toContain('alcalde');
    expect(await reports()).toEqual([]);
  });

  test('more than anybody reads in a minute is too much', async () => {
    const busy = await polyphony.signIn(`Busy ${id.slice(-4)}`, { language: 'pt' });
    let answer = await report({ reason: 'spam' }, busy);
    for (let count = 0; count < 20 && answer.status === 303; count++) answer = await report({ reason: 'spam' }, busy);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
  });
});

describe('reporting from a program', () => {
  const put = (body: unknown, of = text, lang = 'en') => karl.api('PUT', `/texts/${of}/report?lang=${lang}`, body);

  test('the same twice changes nothing', async () => {
    for (let count = 0; count < 2; count++) expect((await put({ reason: 'spam', note: 'Ads' })).status).toBe(204);
    expect(await reports()).toMatchObject([{ handle: 'karl-informant', reason: 'spam', note: 'Ads' }]);
  });

  test.each([
    ['an unknown reason', { reason: 'boring' }, 'reason', 'chooseReason'],
    ['a reason as a list', { reason: ['spam'] }, 'reason', 'chooseReason'],
    ['nothing', {}, 'reason', 'chooseReason'],
    ['an object as a note', { reason: 'spam', note: { a: 1 } }, 'note', 'notText'],
    ['half of an emoji', { reason: 'spam', note: 'a\uD83D' }, 'note', 'badCharacters'],
    ['a translation there is not', { reason: 'wrong-translation' }, 'reason', 'notTranslated'],
  ])('%s is refused, by field', async (_name, body, field, code) => {
    expect(await put(body)).toMatchObject({ status: 422, body: { code: 'invalid', errors: [{ field, code }] } });
  });

  test('what is not there, hidden, withdrawn, or nothing to hide is not reported', async () => {
    for (const nothing of [randomUUID(), id, 'x']) expect((await put({ reason: 'spam' }, nothing)).status).toBe(404);
    const { id: space } = (await row(
      polyphony.em(),
      sql<{ id: string }>`select text_id as id from subject where kind = 'space' limit 1`,
    )) ?? { id: '' };
    expect((await put({ reason: 'spam' }, space)).status).toBe(403);
    await emma.submit(`/en/ideas/${id}/hide`, { reason: 'An insult.' });
    expect(await put({ reason: 'spam' })).toMatchObject({ status: 410, body: { state: 'hidden' } });
    expect((await maria.submit(`/es/texts/${text}/report`, { reason: 'spam' })).status).toBe(410);
  });
});

describe('Emma at her desk', () => {
  const desk = async (query = '') => (await emma.get(`/en/moderation${query}`)).text;

  test('reads a Spanish insult in English beside the original, hides it, and María reads why in Spanish', async () => {
    await report({ reason: 'offensive', note: 'Chama ladrão.' });
    await karl.api('PUT', `/texts/${text}/report`, { reason: 'offensive' });
    await desk();
    const item = await eventually(async () => {
      const shown = itemOf(await desk('?flagged=1'));
      expect(shown).toContain(`<p>en: ${INSULT}</p>`);
      return shown;
    });
    expect(item).toMatch(/lang="es" dir="ltr"><p>El alcalde/);
    for (const words of ['Chama ladrão.', onPage('en', 'moderation:reason.offensive'), 'Reported 2 times', '% certain'])
      expect(item).toContain(words);

    const [, hide = ''] = /href="([^"]+\/hide\?to=[^"]+)"/.exec(item) ?? [];
    const [, to = ''] = /name="to" value="(\/en\/moderation[^"]+)"/.exec((await emma.get(hide)).text) ?? [];
    expect(to).toBe(`/en/moderation?flagged=1#desk-${id}`);
    const hidden = await emma.submit(`/en/ideas/${id}/hide`, { reason: 'This insults a person.', to });
    expect([hidden.status, hidden.location]).toEqual([303, to]);
    expect(itemOf(await desk('?flagged=1'))).toBe('');
    expect(await reports()).toMatchObject([{ settled: true }, { settled: true }]);

    const after = itemOf(await desk('?state=hidden'));
    for (const words of [onPage('en', 'moderation:state.hidden'), 'This insults a person.', `/ideas/${id}/restore`])
      expect(after).toContain(words);
    await maria.get(`/es/ideas/${id}`);
    await eventually(async () =>
      expect((await maria.get(`/es/ideas/${id}`)).text).toContain('es: This insults a person.'),
    );
  });

  test('closes reports that ask for nothing, but not one that came while she was reading', async () => {
    await report({ reason: 'spam' });
    const seen = untilIn(itemOf(await desk()));
    await karl.api('PUT', `/texts/${text}/report`, { reason: 'illegal' });
    const closed = await emma.submit(`/en/moderation/${id}/settle`, { until: seen, to: '/en/moderation?kind=idea' });
    expect(closed.location).toBe('/en/moderation?kind=idea');
    expect(await reports()).toMatchObject([
      { handle: 'joao-informador', settled: true },
      { handle: 'karl-informant', settled: false },
    ]);
    expect(itemOf(await desk())).toContain(onPage('en', 'moderation:reason.illegal'));
  });

  test.each(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-23:59', '2031-02-30T10:00:00Z', 'infinity', ''])(
    'closes none up to %j, which is no moment',
    async (until) => {
      await report({ reason: 'spam' });
      expect((await emma.submit(`/en/moderation/${id}/settle`, { until })).status).toBe(422);
      expect(await reports()).toMatchObject([{ settled: false }]);
    },
  );

  test('what was reported before a change is still there after it', async () => {
    await report({ reason: 'offensive' });
    await maria.submit(`/es/ideas/${id}/edit`, { title: 'El alcalde', body: 'Ya no digo nada.', version: '1' });
    expect(itemOf(await desk('?flagged=1'))).toContain('Ya no digo nada.');
    expect((await report({ reason: 'offensive', note: 'Ainda escrevia isto.' })).status).toBe(303);
  });

  test('corrects a language where she reads', async () => {
    expect(itemOf(await desk())).toContain(`action="/en/texts/${text}/language"`);
    const Referer = `${polyphony.url}/en/moderation?kind=idea`;
    const corrected = await emma.submit(`/en/texts/${text}/language`, { language: 'pt' }, { Referer });
    expect(corrected.location).toBe('/en/moderation?kind=idea');
    expect(itemOf(await desk('?language=pt'))).toContain(onPage('en', 'moderation:languageBy.moderator'));
    expect(itemOf(await desk('?language=es'))).toBe('');
  });

  test('narrows what she sees by kind, theme, language and state; nonsense counts as not asked', async () => {
    await maria.submit(`/es/subjects/${id}/comments`, { body: 'Y sus amigos son peores que él.' });
    expect(itemOf(await desk('?kind=idea&theme=climate&language=es&state=public'))).not.toBe('');
    for (const query of ['?kind=comment', '?theme=health', '?language=pt', '?state=withdrawn', '?flagged=1'])
      expect(itemOf(await desk(query)), query).toBe('');
    expect(itemOf(await desk('?kind=space&theme=%27&language=tlh&state=open&reported=no'))).not.toBe('');
    for (const query of ['?before=x', "?before='"]) expect((await emma.get(`/en/moderation${query}`)).status).toBe(404);
    await maria.submit(`/es/ideas/${id}/withdraw`, {});
    expect(itemOf(await desk('?state=withdrawn'))).toContain(onPage('en', 'moderation:state.withdrawn'));
    expect(await desk('?kind=comment')).toContain(onPage('en', 'moderation:closedAbove'));
  });

  test('goes back to the first text page by page, none lost or doubled', async () => {
    const { body } = await karl.api('POST', '/spaces/health/ideas', {
      title: 'Ärzte',
      body: 'Mehr Ärzte auf dem Land.',
    });
    for (let count = 0; count < 45; count++)
      await karl.api('POST', `/ideas/${body.id}/comments`, { body: `Dafür spricht der Grund Nummer ${count}.` });
    const seen: string[] = [];
    for (let query: string | null = '?theme=health'; query !== null;) {
      const page = await desk(query);
      seen.push(...[...page.matchAll(/id="desk-([^"]+)"/g)].map(([, each = '']) => each));
      const [, before] = /button--quiet" href="[^"]+before=([0-9a-f-]{36})"/.exec(page) ?? [];
      query = before ? `?theme=health&before=${before}` : null;
    }
    expect(seen).toHaveLength(46);
    expect(new Set(seen).size).toBe(46);
    expect(seen.at(-1)).toBe(body.id);
  });

  test('finds nobody’s name in it, and María neither', async () => {
    await report({ reason: 'spam', note: 'Publicidade' });
    await karl.api('PUT', `/texts/${text}/report`, { reason: 'spam' });
    const { body } = await karl.api('GET', `/ideas/${id}`);
    const shown = [
      itemOf(await desk()),
      (await maria.get(`/es/ideas/${id}`)).text,
      JSON.stringify(body),
      JSON.stringify((await karl.api('GET', '/activity?limit=200')).body),
    ];
    for (const page of shown) expect(page).not.toMatch(/inform(?:ador|ant)/i);
    expect(shown.slice(1).join(' ')).not.toContain('Publicidade');
  });
});

describe('who may not', () => {
  test('a citizen has no desk and closes no reports; who is not signed in is asked to', async () => {
    await report({ reason: 'spam' });
    const until = new Date().toISOString();
    expect((await joao.get('/pt/moderation')).status).toBe(403);
    expect((await joao.get('/pt')).text).not.toContain('href="/pt/moderation"');
    expect((await emma.get('/en')).text).toContain('href="/en/moderation"');
    expect((await joao.submit(`/pt/moderation/${id}/settle`, { until })).status).toBe(403);
    expect((await polyphony.visitor().get('/pt/moderation')).status).toBe(401);
    expect((await polyphony.visitor().submit(`/pt/moderation/${id}/settle`, { until })).status).toBe(401);
    for (const wrong of ['', 'infinity', '2026-13-01T00:00:00Z', "'"])
      expect((await emma.submit(`/en/moderation/${id}/settle`, { until: wrong })).status).toBe(422);
    expect(await reports()).toMatchObject([{ settled: false }]);
  });

  test('a moderator of the theme of health sees nothing of the climate', async () => {
    const name = `Harry ${id.slice(-4)}`;
    const harry = await polyphony.signIn(name);
    await row(
      polyphony.em(),
      sql`insert into role (id, person_id, name, space_id) select gen_random_uuid(), p.id, 'moderator', s.subject_id from person p, space s where p.name = ${name} and s.slug = 'health'`,
    );
    const { body } = await karl.api('POST', '/spaces/health/ideas', {
      title: 'Ärzte',
      body: 'Mehr Ärzte auf dem Land.',
    });
    await report({ reason: 'spam' });
    for (const query of ['', '?theme=climate', '?flagged=1'])
      expect(itemOf((await harry.get(`/en/moderation${query}`)).text), query).toBe('');
    const page = await harry.get('/en/moderation');
    expect(itemOf(page.text, body.id)).not.toBe('');
    expect(page.text).toContain(onPage('en', 'moderation:noFlags'));
    expect(page.text).not.toContain('value="climate"');
    const until = new Date().toISOString();
    expect((await harry.submit(`/en/moderation/${id}/settle`, { until })).status).toBe(403);
  });

  test('the way back from hiding leads to no other site', async () => {
    const hidden = await emma.submit(`/en/ideas/${id}/hide`, { reason: 'An insult.', to: '//evil.example' });
    expect(hidden.location).toBe(`/en/ideas/${id}`);
  });
});

async function settle(): Promise<void> {
  const until = untilIn(itemOf((await emma.get('/en/moderation')).text));
  expect((await emma.submit(`/en/moderation/${id}/settle`, { until })).status).toBe(303);
}

const untilIn = (item: string): string => /name="until" value="([^"]+)"/.exec(item)?.[1] ?? '';
