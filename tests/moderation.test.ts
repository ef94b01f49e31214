import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { row } from '../src/platform/db/database.ts';
import { SPANISH } from './support/apertium.ts';
import type { PageAnswer, Visitor } from './support/browser-like.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';
import { inMail, onPage } from './support/words.ts';

const TITLE = 'La casa de mi vecino';
const REASON = 'This text names a private person. Please write it again without the name.';

let polyphony: TestPlatform;
let maria: Visitor;
let emma: Visitor;
let joao: ApiPerson;
let path: string;
let id: string;
beforeAll(async () => {
  polyphony = await startPolyphony(
    {},
    { engine: stubEngine({ say: () => 'Este texto nombra a una persona privada.' }) },
  );
  maria = await polyphony.signIn('María', { language: 'es' });
  emma = await polyphony.signIn('Emma', { language: 'en', roles: ['moderator'] });
  joao = await polyphony.person('João', { language: 'pt' });
});
afterAll(() => polyphony.stop());

beforeEach(async () => {
  const posted = await maria.submit('/es/spaces/climate/ideas/new', { title: TITLE, body: SPANISH, language: 'es' });
  [id = ''] = /[0-9a-f-]{36}/.exec(posted.location ?? '') ?? [];
  path = `/ideas/${id}`;
});

const hide = (reason = REASON): Promise<PageAnswer> => emma.submit(`/en${path}/hide`, { reason });
const restore = (): Promise<PageAnswer> =>
  emma.submit(`/en${path}/restore`, { reason: 'The name is gone. Thank you.' });

describe('Emma hides an idea in a language she does not write', () => {
  test('for everybody else it is gone: its page, its versions, the lists, the API, which says why', async () => {
    const other = polyphony.visitor();
    expect((await hide()).location).toBe(`/en${path}`);
    const page = await other.get(`/pt${path}`);
    expect(page.status).toBe(410);
    expect(page.text).toContain(onPage('pt', 'errors:hidden'));
    expect(page.text).not.toContain(TITLE);
    for (const address of [`/pt${path}/history`, `/o/${id}`]) expect((await other.get(address)).status).toBe(410);
    for (const list of [
      '/es',
      '/es/ideas',
      '/es/spaces/climate',
      '/es/people/maria',
      '/api/v1/ideas?limit=100',
      '/api/v1/spaces/climate/ideas',
    ])
      expect((await other.get(`${list}${list.includes('?') ? '&' : '?'}fresh=1`)).text, list).not.toContain(id);
    expect(await joao.api('GET', path)).toMatchObject({ status: 410, body: { code: 'hidden', state: 'hidden' } });
    expect((await joao.api('GET', `${path}/history`)).status).toBe(410);
  });

  test('María still sees it, marked, with the reason', async () => {
    await hide();
    const page = await maria.get(`/es${path}`);
    expect(page.status).toBe(200);
    for (const words of [TITLE, onPage('es', 'moderation:isHidden'), REASON]) expect(page.text).toContain(words);
    expect(page.headers.get('Cache-Control')).toContain('no-store');
    expect((await maria.get(`/es${path}/edit`)).status).toBe(403);
  });

  test('the reason is translated into Spanish, and what Emma wrote is one step away', async () => {
    await hide();
    const reasonIn = (text: string) => /<section data-subject="[^"]+">[^]*?<\/section>/.exec(text)?.[0] ?? '';
    const shown = await eventually(async () => {
      const section = reasonIn((await maria.get(`/es${path}`)).text);
      expect(section).toMatch(
        /data-version="translation"[^>]*><div class="prose" lang="es" dir="ltr"><p>[^<]*persona privada/,
      );
      return section;
    });
    expect(shown).toMatch(/data-version="original"[^>]* hidden><div class="prose" lang="en" dir="ltr">/);
    expect(shown).toContain('Stub');
    expect(shown).toMatch(/action="\/es\/texts\/[^"]*\/view"/);
    expect(shown).not.toContain('/improve/');
    const original = reasonIn((await maria.get(`/es${path}?view=original`)).text);
    expect(original).toMatch(/data-version="translation"[^>]* hidden/);
    expect(original).not.toMatch(/data-version="original"[^>]* hidden/);
  });

  test('María gets a mail in Spanish with the reason, another one when it is public again', async () => {
    await hide();
    const about = (key: 'mails:hidden.subject' | 'mails:restored.subject') =>
      polyphony.mails.received.filter((mail) => mail.subject === inMail('es', key) && mail.text?.includes(id));
    const mail = await eventually(async () => {
      expect(about('mails:hidden.subject')).toHaveLength(1);
      return about('mails:hidden.subject')[0];
    });
    expect(mail?.text).toContain(inMail('es', 'mails:hidden.body', { title: TITLE }));
    expect(mail?.text).toContain(REASON);
    expect(mail?.text).toContain(`/es${path}`);
    expect((await restore()).status).toBe(303);
    await eventually(async () => expect(about('mails:restored.subject')).toHaveLength(1));
    expect((await polyphony.visitor().get(`/es${path}?fresh=1`)).text).toContain(TITLE);
    expect((await joao.api('GET', path)).body.state).toBe('open');
  });

  test('a page that was in the cache is gone from it at once', async () => {
    const other = polyphony.visitor();
    const pages = [`/es${path}`, '/es/ideas', '/es/spaces/climate', '/es/people/maria'];
    await other.get('/es');
    for (const page of pages)
      await eventually(async () => {
        const first = await other.get(page);
        expect(first.text).toContain(id);
        // The same to the letter, once its translations have come: it is kept.
        expect((await other.get(page)).headers.get('ETag')).toBe(first.headers.get('ETag'));
      });
    await hide();
    await eventually(async () => {
      for (const page of pages.slice(1)) expect((await other.get(page)).text).not.toContain(id);
      expect((await other.get(`/es${path}`)).status).toBe(410);
    }, 2);
  });
});

describe('who may not, and when', () => {
  test('a citizen may not hide, the author neither; who is not signed in is asked to', async () => {
    for (const act of ['hide', 'restore']) {
      expect((await maria.submit(`/es${path}/${act}`, { reason: 'Porque sí.' })).status).toBe(403);
      expect((await maria.get(`/es${path}/${act}`)).status).toBe(403);
      const signedOut = await polyphony.visitor().submit(`/es${path}/${act}`, { reason: 'Porque sí.' });
      expect(signedOut.status).toBe(401);
      expect(signedOut.text).toContain('Porque sí.');
    }
    expect((await joao.api('GET', path)).body.state).toBe('open');
  });

  test('a moderator of another theme may not either, one of this theme may', async () => {
    await polyphony.signIn('Health Harry');
    const harry = await polyphony.signIn('Climate Clara');
    await giveRole('health-harry', 'health');
    await giveRole('climate-clara', 'health');
    expect((await harry.submit(`/en${path}/hide`, { reason: REASON })).status).toBe(403);
    await giveRole('climate-clara', 'climate');
    expect((await harry.submit(`/en${path}/hide`, { reason: REASON })).status).toBe(303);
  });

  async function giveRole(handle: string, slug: string): Promise<void> {
    await row(
      polyphony.em(),
      sql`insert into role (id, person_id, name, space_id) select gen_random_uuid(), p.id, 'moderator', s.subject_id from person p, space s where p.handle = ${handle} and s.slug = ${slug}`,
    );
  }

  test('what is decided is not decided twice, and what is public is not restored', async () => {
    expect((await restore()).status).toBe(409);
    expect((await hide()).status).toBe(303);
    const twice = await hide();
    expect(twice.status).toBe(409);
    expect(twice.text).toContain(onPage('en', 'errors:alreadyDecided'));
  });

  test('two moderators press at once: it is hidden once, for one reason', async () => {
    const eric = await polyphony.signIn(`Eric ${id.slice(-4)}`, { roles: ['moderator'] });
    const presses = await Promise.all([hide(), eric.submit(`/en${path}/hide`, { reason: REASON })]);
    expect(presses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409]);
    expect(await row(polyphony.em(), sql`select count(*)::int as count from subject where parent_id = ${id}`)).toEqual({
      count: 1,
    });
  });

  test.each([
    ['no reason', '  ', 'errors:reasonRequired'],
    ['a reason longer than anybody reads', 'x'.repeat(1_001), 'errors:tooLong'],
  ] as const)('%s: the form comes back as it was, and the idea stays', async (_name, reason, key) => {
    const page = await hide(reason);
    expect(page.status).toBe(422);
    expect(page.text).toContain(onPage('en', key, { max: 1_000 }));
    expect(page.text).toContain(`>\n${reason}</textarea>`);
    expect((await joao.api('GET', path)).body.state).toBe('open');
  });

  test('what its author has taken back is not hidden any more', async () => {
    await maria.submit(`/es${path}/withdraw`, {});
    expect((await hide()).status).toBe(409);
    expect(await joao.api('GET', path)).toMatchObject({ status: 410, body: { state: 'withdrawn' } });
  });

  test('a reason is nobody’s business but the author’s and the moderators’', async () => {
    await hide();
    const decision = await row(
      polyphony.em(),
      sql<{ id: string; text: string }>`select id, text_id as text from subject where parent_id = ${id}`,
    );
    for (const address of [
      `/api/v1/ideas/${decision?.id}`,
      `/o/${decision?.id}`,
      `/api/v1/texts/${decision?.text}/translations/es`,
    ])
      expect((await polyphony.visitor().get(address)).status, address).toBe(404);
    const activity = await joao.api('GET', '/activity?limit=200');
    expect(JSON.stringify(activity.body)).not.toContain(decision?.id);
  });
});
