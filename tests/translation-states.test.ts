import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { Key } from '../locales/keys.ts';
import { rows } from '../src/platform/db/database.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';
import { inMail, interfaceLanguages, onPage } from './support/words.ts';

const BODY = 'Debemos invertir más en energías renovables.';

let polyphony: TestPlatform;
let maria: ApiPerson;
let id: string;
let text: string;
beforeAll(async () => {
  // The engine is on other machines, and the rows of these tests may not leave ours: nobody takes them up, so that each state stays on its page.
  polyphony = await startPolyphony({}, { engine: { ...stubEngine({ policy: 'wish' }), local: false } });
  maria = await polyphony.person('María', { language: 'es' });
});
beforeEach(async () => {
  const idea = { title: 'Energía limpia', body: BODY, language: 'es' };
  const { body } = await maria.api('POST', '/spaces/climate/ideas', idea);
  [id, text] = [body.id, body.text.id];
});
afterAll(() => polyphony.stop());

interface Row {
  state: string;
  failure?: string;
  engine?: string;
  human?: boolean;
  variant?: string;
  since?: string;
}

async function put({ state, failure, engine, human = false, variant, since = '0 seconds' }: Row): Promise<void> {
  const words = state === 'ready' ? 'As palavras.' : null;
  await rows(
    polyphony.em(),
    sql`insert into translation (text_id, language, human, title, body, state, origin, source_language, engine, failure, variant, wished_at, ready_at, local_only, lease_until)
        values (${text}, 'pt', ${human}, ${words}, ${words}, ${state}, ${human ? 'human' : 'machine'}, 'es', ${engine ?? null}, ${failure ?? null}, ${variant ?? null},
          now() - ${since}::interval, now(), true, now() + interval '1 hour')`,
  );
}

const page = async (language = 'pt') => (await polyphony.visitor().get(`/${language}/ideas/${id}?fresh`)).text;
const button = () => `action="/pt/texts/${text}/wish"`;

describe('every state is told in words, with the original below it', () => {
  test.each<[Row, Key]>([
    [{ state: 'queued' }, 'texts:coming'],
    [{ state: 'queued', since: '3 minutes' }, 'texts:comingLate'],
    [{ state: 'suspended', failure: 'paused' }, 'texts:suspended.paused'],
    [{ state: 'suspended', failure: 'quota' }, 'texts:suspended.quota'],
    [{ state: 'suspended', failure: 'auth' }, 'texts:suspended.refused'],
    [{ state: 'suspended', failure: 'rate_limited' }, 'texts:suspended.busy'],
    [{ state: 'suspended', failure: 'unavailable' }, 'texts:suspended.away'],
    [{ state: 'suspended', failure: 'timeout' }, 'texts:suspended.away'],
  ])('%j: it comes by itself, and there is no button', async (row, words) => {
    await put(row);
    const shown = await page();
    expect(shown).toContain(onPage('pt', words));
    expect(shown).toContain(`<p>${BODY}</p>`);
    expect(shown).not.toContain(button());
  });

  test.each<[Row, Key]>([
    [{ state: 'failed', failure: 'bad_output' }, 'texts:failed'],
    [{ state: 'failed', failure: 'too_long' }, 'texts:failedTooLong'],
  ])('%j: there is a button to try again', async (row, words) => {
    await put(row);
    const shown = await page();
    expect(shown).toContain(onPage('pt', words));
    expect(shown).toContain(onPage('pt', 'texts:tryAgain'));
    expect(shown).toContain(button());
  });

  test('available: a button; unsupported: none, and a way to translate it oneself', async () => {
    expect(await page()).toContain(button());
    const arabic = await page('ar');
    expect(arabic).not.toContain('/wish"');
    expect(arabic).toContain(`href="/ar/texts/${text}/improve/ar"`);
    // The name of the language stands in an element of its own.
    const [before = ''] = inMail('ar', 'texts:unsupported', { language: '|' }).split('|');
    expect(arabic).toContain(before);
  });

  test('each of them in every language, none of them empty', () => {
    for (const language of interfaceLanguages)
      for (const key of ['texts:comingLate', 'texts:suspended.away', 'texts:failed', 'texts:tryAgain'] as const)
        expect(inMail(language, key).length).toBeGreaterThan(3);
  });
});

describe('a translation says where it comes from', () => {
  test('the engine by its name, and the variant of the language', async () => {
    await put({ state: 'ready', engine: 'stub', variant: 'pt-BR' });
    const shown = await page();
    expect(shown).toContain('Stub');
    expect(shown).toContain('português (Brasil)');
    expect(shown).not.toContain(inMail('pt', 'texts:byEngine').slice(0, 30));
  });

  test('a person who was erased has no name', async () => {
    await put({ state: 'ready', human: true });
    const shown = await page();
    const [before = ''] = inMail('pt', 'texts:byPerson', { language: '|' }).split('|');
    expect(shown).toContain(before);
  });

  test('the API tells why, in which variant and by whom', async () => {
    await put({ state: 'suspended', failure: 'quota' });
    const { body } = await maria.api('GET', `/texts/${text}/translations/pt`);
    expect(body).toMatchObject({ state: 'suspended', failure: 'quota', variant: null, author: null });
    expect(Object.keys(body)).not.toContain('missedTerms');
  });
});

describe('what came to nothing', () => {
  test('is not tried again because somebody opens a page, but when they ask', async () => {
    await put({ state: 'failed', failure: 'bad_output' });
    const reader = await polyphony.signIn(`Reader ${id.slice(-4)}`, { language: 'pt' });
    const state = async () =>
      (await rows(polyphony.em(), sql<{ state: string }>`select state from translation where text_id = ${text}`))[0];
    for (const address of [`/pt/ideas/${id}`, '/pt/ideas', '/pt']) await reader.get(address);
    expect(await state()).toEqual({ state: 'failed' });
    await reader.submit(`/pt/texts/${text}/wish`, {});
    await eventually(async () => expect(await state()).toEqual({ state: 'queued' }));
  });

  test('missed terms of the glossary are for moderators', async () => {
    await put({ state: 'ready', engine: 'stub' });
    await rows(
      polyphony.em(),
      sql`update translation set missed_terms = '{"renovable → renovável"}' where text_id = ${text}`,
    );
    const erin = await polyphony.signIn(`Erin ${id.slice(-4)}`, { language: 'pt', roles: ['moderator'] });
    expect((await erin.get('/pt/moderation')).text).toContain('renovable → renovável');
    expect((await erin.get(`/pt/ideas/${id}`)).text).not.toContain('renovable → renovável');
  });
});
