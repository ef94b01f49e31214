import { setTimeout } from 'node:timers/promises';

import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { PageAnswer, Visitor } from './support/browser-like.ts';
import { rowsOf } from './support/figures.ts';
import { faultsIn } from './support/markup.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';
import { onPage } from './support/words.ts';

const PAGE = '/en/admin/translation';
/** The engine has a round price and is outside the house. Only an engine the settings know can have a budget, so it borrows a name. */
const EURO_A_CHARACTER = 0.01;

const markup = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: { 'doctype-style': ['error', { style: 'lowercase' }], 'long-title': 'off', 'no-trailing-whitespace': 'off' },
});

let polyphony: TestPlatform;
let olga: Visitor;
let maria: ApiPerson;
let anna: ApiPerson;
/** What the engine says to everything; null: something like a translation. */
let nonsense: string | null = null;

beforeAll(async () => {
  const stub = stubEngine({ policy: 'wish', say: (text, target) => nonsense ?? `${target}: ${text}` });
  const engine = { ...stub, name: 'deepl', local: false, cost: (characters: number) => characters * EURO_A_CHARACTER };
  polyphony = await startPolyphony({ TRANSLATION_BUDGETS: 'deepl:day:50000' }, { engine });
  olga = await polyphony.signIn('Olga', { roles: ['administrator'] });
  maria = await polyphony.person('María', { language: 'es' });
  anna = await polyphony.person('Anna', { language: 'en' });
});
afterAll(() => polyphony.stop());

async function post(title: string, space = 'climate'): Promise<string> {
  const { status, body } = await maria.api('POST', `/spaces/${space}/ideas`, {
    title,
    body: `${title}.`,
    language: 'es',
  });
  expect(status).toBe(201);
  return body.text.id;
}

/** Anna wants to read it in a language. */
const wish = (text: string, language = 'en') => anna.api('POST', `/texts/${text}/translations/${language}`);

async function becomes(text: string, state: string, language = 'en'): Promise<void> {
  await eventually(async () => {
    const { body } = await anna.api('GET', `/texts/${text}/translations/${language}`);
    expect(body.state).toBe(state);
  });
}

/** Workers look once a second whether an engine is paused. */
async function pause(): Promise<PageAnswer> {
  const answer = await olga.submit(`${PAGE}/engines/deepl/pause`, {});
  await setTimeout(1_500);
  return answer;
}

async function page(path = PAGE): Promise<string> {
  const { status, text } = await olga.get(path);
  expect(status).toBe(200);
  expect(faultsIn(text)).toEqual([]);
  return text;
}

test('Only administrators see the administration, and find it in the masthead', async () => {
  const stranger = await polyphony.visitor().get(PAGE);
  expect(stranger.status).toBe(401);
  const emma = await polyphony.signIn('Emma', { roles: ['moderator', 'secretariat', 'organizer'] });
  for (const path of ['/en/admin', PAGE, `${PAGE}/backfill`, `${PAGE}/spaces/climate`])
    expect((await emma.get(path)).status).toBe(403);
  expect((await emma.submit(`${PAGE}/engines/deepl/pause`, {})).status).toBe(403);
  expect((await emma.submit(`${PAGE}/retry`, { kind: 'bad_output' })).status).toBe(403);
  expect((await emma.get('/en')).text).not.toContain('href="/en/admin"');
  expect((await olga.get('/en')).text).toContain('href="/en/admin"');
});

test('Olga sees an engine that was never used, and then how much it was used and what it cost', async () => {
  expect(await page()).toContain(onPage('en', 'admin:health.unused'));
  expect(await page('/en/admin')).toContain(onPage('en', 'admin:queueEmpty'));
  const text = await post('Más trenes nocturnos');
  await wish(text);
  await becomes(text, 'ready');
  await eventually(async () =>
    expect(await page()).toContain(onPage('en', 'admin:health.well', { date: '' }).trimEnd()),
  );
  const used = await page();
  const characters = 'Más trenes nocturnos'.length + 'Más trenes nocturnos.'.length;
  expect(used).toContain(onPage('en', 'admin:usedOf', { used: characters, most: '50,000' }));
  const [cells] = Object.values(rowsOf(used, onPage('en', 'admin:use')));
  expect(cells).toEqual(['Stub', String(characters), '0', `€${(characters * EURO_A_CHARACTER).toFixed(2)}`, '']);
});

test('What Olga pauses is sent nothing, says who paused it, and goes on when she resumes it', async () => {
  const answer = await pause();
  expect(answer).toMatchObject({ status: 303, location: `${PAGE}?done=paused#engines` });
  const text = await post('Ríos limpios');
  await wish(text);
  await becomes(text, 'suspended');
  const told = await page(`${PAGE}?done=paused`);
  expect(told).toContain(onPage('en', 'admin:done.paused'));
  expect(told).toContain('Paused by <bdi>Olga</bdi> since');
  expect(told).toContain(`${onPage('en', 'admin:kind.paused')}: 1.`);
  expect(rowsOf(told, onPage('en', 'admin:queueTable'))['Waiting for an engine']?.slice(0, 4)).toEqual([
    '1',
    '0',
    '0',
    '1',
  ]);
  expect(await page('/en/admin')).toContain(onPage('en', 'admin:remedy.paused'));
  await olga.submit(`${PAGE}/engines/deepl/resume`, {});
  await becomes(text, 'ready');
  expect(await page()).not.toContain('Paused by');
});

test('What failed is told by kind, and tried again when Olga says so', async () => {
  nonsense = '';
  const text = await post('Menos plástico en el mar');
  await wish(text);
  await becomes(text, 'failed');
  const told = await page();
  const [name = ''] = Object.keys(rowsOf(told, onPage('en', 'admin:failures')));
  expect(name).toContain(onPage('en', 'admin:kind.bad_output'));
  nonsense = null;
  const again = await olga.submit(`${PAGE}/retry`, { kind: 'bad_output' });
  expect(again.location).toBe(`${PAGE}?done=retried#failures`);
  await becomes(text, 'ready');
  expect((await olga.submit(`${PAGE}/retry`, { kind: 'drop table' })).status).toBe(422);
});

test('An engine that is left alone says why and until when, and is asked at once when Olga has mended it', async () => {
  await polyphony
    .em()
    .getConnection()
    .execute(
      `insert into engine_state (engine, open_until, failures, reason, message)
         values ('deepl', now() + interval '1 hour', 1, 'auth', '<b>No such key</b>')
       on conflict (engine) do update set open_until = excluded.open_until, failures = 1, reason = excluded.reason, message = excluded.message`,
    );
  const text = await post('Más bibliotecas');
  await setTimeout(1_500);
  await wish(text);
  await becomes(text, 'suspended');
  const told = await page();
  expect(told).toContain(onPage('en', 'admin:health.away', { date: '|', kind: '' }).split('|')[0]);
  expect(told).toContain(onPage('en', 'admin:remedy.auth'));
  expect(told).toContain('<bdi lang="">&lt;b&gt;No such key&lt;/b&gt;</bdi>');
  expect(told).toContain(`action="${PAGE}/engines/deepl/resume"`);
  await olga.submit(`${PAGE}/engines/deepl/resume`, {});
  await becomes(text, 'ready');
});

describe('texts of a space that stay in the house', () => {
  const space = `${PAGE}/spaces/health`;

  test('are asked about first, and those that wait are bound, too', async () => {
    const question = await page(space);
    expect(question).toContain(onPage('en', 'admin:forbidMeaning'));
    await pause();
    const text = await post('Un médico en cada pueblo', 'health');
    await wish(text);
    await becomes(text, 'suspended');
    const answer = await olga.submit(space, { external: 'no' });
    expect(answer.location).toBe(`${PAGE}?done=forbidden#spaces`);
    await olga.submit(`${PAGE}/engines/deepl/resume`, {});
    await setTimeout(2_000); // an engine that may have it would be done long ago
    expect((await anna.api('GET', `/texts/${text}/translations/en`)).body.state).not.toBe('ready');
    const told = await page();
    expect(rowsOf(told, onPage('en', 'admin:spaces'))['Health']?.[0]).toBe(onPage('en', 'admin:externalForbidden'));
    expect(told).toContain(onPage('en', 'admin:nobodyTakes'));
    await olga.submit(space, { external: 'yes' });
    await becomes(text, 'ready');
  });

  test('a space that is not there, and an answer that is none, are refused', async () => {
    expect((await olga.get(`${PAGE}/spaces/nowhere`)).status).toBe(404);
    expect((await olga.submit(space, { external: 'perhaps' })).status).toBe(422);
    expect((await olga.submit(`${PAGE}/engines/nobody/pause`, {})).status).toBe(404);
  });
});

test('Everybody can read which engines there are, where texts go, and what can be read from what', async () => {
  const visitor = polyphony.visitor();
  const { text, headers } = await visitor.get('/en/translation');
  expect(text).toContain('gets texts of themes that allow it: Stub.');
  expect(headers.get('ETag')).toBeTruthy();
  const same = await visitor.get('/en/translation', { 'If-None-Match': headers.get('ETag') ?? '' });
  expect(same.status).toBe(304);
  expect((await visitor.get('/en')).text).toContain('href="/en/translation"');
  const { español = [] } = rowsOf(text, onPage('en', 'admin:matrixCaption'));
  expect(español.filter((cell) => cell.endsWith('Stub'))).toHaveLength(4);
  expect(español.filter((cell) => cell.endsWith(onPage('en', 'admin:noWay')))).toHaveLength(20);
});

test.each(['en', 'ar'])('With all that on them the pages are sound HTML in %s', async (language) => {
  await olga.submit(`${PAGE}/backfill`, { space: 'climate', language: 'fr' });
  const paths = [
    'admin',
    'admin/translation',
    'admin/translation/backfill',
    'admin/translation/backfill?space=&language=pt',
    'admin/translation/spaces/climate',
    'translation',
  ];
  for (const path of paths) {
    const { status, text } = await olga.get(`/${language}/${path}`);
    expect(status).toBe(200);
    const { results } = await markup.validateString(text);
    expect(
      results.flatMap(({ messages }) => messages.map(({ message, line }) => `${path} ${line}: ${message}`)),
    ).toEqual([]);
  }
});
