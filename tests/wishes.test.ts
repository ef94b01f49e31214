import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import { closeListeners, listen } from './support/live.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';

const BODY = 'Debemos invertir más en energías renovables.';

let polyphony: TestPlatform;
let maria: ApiPerson;
let karl: ApiPerson;
let id: string;
let text: string;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine({ policy: 'wish' }) });
  maria = await polyphony.person('María', { language: 'es' });
  karl = await polyphony.person('Karl', { language: 'de' });
});
beforeEach(async () => {
  const { body } = await maria.api('POST', '/spaces/climate/ideas', {
    title: 'Energía limpia',
    body: BODY,
    language: 'es',
  });
  [id, text] = [body.id, body.text.id];
});
afterEach(closeListeners);
afterAll(() => polyphony.stop());

const wished = async (): Promise<string[]> =>
  (
    await rows(
      polyphony.em(),
      sql<{ language: string }>`select language from translation where text_id = ${text} order by 1`,
    )
  ).map(({ language }) => language);
const rooms = () => [`subject:${id}`, 'space:climate'];

describe('an engine that costs something works only for somebody', () => {
  test('nobody who is anonymous makes it work by reading or listening', async () => {
    const visitor = polyphony.visitor();
    for (const address of [
      `/pt/ideas/${id}`,
      '/pt/ideas',
      '/pt',
      '/pt/spaces/climate',
      `/api/v1/ideas/${id}?lang=pt`,
      `/api/v1/texts/${text}/translations/pt`,
    ])
      expect((await visitor.get(address)).status).toBe(200);
    await (await listen(polyphony.url)).watch({ rooms: rooms(), lang: 'pt' });
    expect(await wished()).toEqual([]);
  });

  test('a signed-in reader does, by reading', async () => {
    const reader = await polyphony.signIn(`Reader ${id.slice(-4)}`, { language: 'pt' });
    await reader.get(`/pt/ideas/${id}`);
    await eventually(async () => expect((await reader.get(`/pt/ideas/${id}`)).text).toContain(`pt: ${BODY}`));
    expect(await wished()).toEqual(['pt']);
  });

  test('and by listening, with a token or with the session of the page', async () => {
    await (await listen(polyphony.url, { token: karl.token })).watch({ rooms: rooms(), lang: 'de' });
    expect(await wished()).toEqual(['de']);
    const reader = await polyphony.signIn(`Listener ${id.slice(-4)}`);
    const Cookie = [...reader.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    await (await listen(polyphony.url, { headers: { Cookie } })).watch({ rooms: rooms(), lang: 'fr' });
    expect(await wished()).toEqual(['de']);
    await (
      await listen(polyphony.url, { headers: { Cookie, Origin: polyphony.url } })
    ).watch({ rooms: rooms(), lang: 'fr' });
    expect(await wished()).toEqual(['de', 'fr']);
  });

  test('F76: but nobody by turning pages faster than anybody reads, nor by watching all of it', async () => {
    const hasty = await polyphony.signIn('Hasty', { language: 'pt' });
    for (let count = 0; count < 60; count++) {
      const idea = { title: `Idea ${count}`, body: `${BODY} ${count}`, language: 'es' };
      await maria.api('POST', `/spaces/${count % 2 ? 'health' : 'climate'}/ideas`, idea);
    }
    const count = async () =>
      (await rows(polyphony.em(), sql`select 1 from translation where text_id <> ${text}`)).length;
    const before = await count();
    for (const page of [1, 2]) expect((await hasty.get(`/pt/ideas?page=${page}`)).status).toBe(200);
    const headers = {
      Cookie: [...hasty.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      Origin: polyphony.url,
    };
    for (const room of ['space:health', 'space:climate'])
      await (await listen(polyphony.url, { headers })).watch({ rooms: [room], lang: 'fr' });
    // Twice as many when a minute ends meanwhile.
    const wishes = (await count()) - before;
    expect(wishes).toBeGreaterThanOrEqual(30);
    expect(wishes).toBeLessThanOrEqual(60);
    // What was left has a button, and is shown on.
    for (const page of [1, 2]) expect((await hasty.get(`/pt/ideas?page=${page}`)).status).toBe(200);
  });

  test('who reads Spanish anyway wishes for nothing', async () => {
    const ines = await polyphony.person(`Inês ${id.slice(-4)}`, { language: 'pt', reads: ['pt', 'es'] });
    await (await listen(polyphony.url, { token: ines.token })).watch({ rooms: rooms(), lang: 'pt' });
    expect(await wished()).toEqual([]);
  });

  test('an anonymous reader has a button, which works a few times a minute', async () => {
    const visitor = polyphony.visitor();
    const page = await visitor.get(`/pt/ideas/${id}?button=1`);
    expect(page.text).toContain(`action="/pt/texts/${text}/wish"`);
    const press = () => visitor.submit(`/pt/texts/${text}/wish`, {}, { Referer: `${polyphony.url}/pt/ideas/${id}` });
    expect((await press()).location).toBe(`/pt/ideas/${id}`);
    expect(await wished()).toEqual(['pt']);
    let answer = await press();
    for (let count = 0; count < 20 && answer.status === 303; count++) answer = await press();
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
  });
});
