import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Key } from '../locales/keys.ts';
import { rows } from '../src/platform/db/database.ts';
import { createLink } from '../src/services/people/sign-in.ts';
import { installed, PORTUGUESE, SPANISH } from './support/apertium.ts';
import type { Visitor } from './support/browser-like.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

const MARKUP = '<script>alert(1)</script> "><img src=x onerror=alert(1)>';

let polyphony: TestPlatform;
let maria: ApiPerson;
let idea: string;
beforeAll(async () => {
  polyphony = await startPolyphony({ TRANSLATION_ENGINES: 'apertium,none' });
  maria = await polyphony.person('María', { language: 'es' });
  idea = (await maria.api('POST', '/spaces/climate/ideas', { title: 'Energía limpia', body: SPANISH })).body.id;
});
afterAll(() => polyphony.stop());

const settings = { name: 'João', interfaceLanguage: 'pt', reads: ['pt'], showsFirst: '' };

describe('what João tells about himself', () => {
  let joao: Visitor;
  beforeAll(async () => {
    joao = await polyphony.signIn('João', { language: 'pt' });
  });

  const page = async () => (await joao.get(`/pt/ideas/${idea}`)).text;
  const originalIsHidden = /data-version="original"[^>]* hidden/;

  test.skipIf(!installed)('translation first, unless he wants the original first', async () => {
    await eventually(async () => expect(await page()).toContain(PORTUGUESE));
    expect(await page()).toMatch(originalIsHidden);
    await joao.submit('/pt/me', { ...settings, showsFirst: 'original' });
    expect(await page()).not.toMatch(originalIsHidden);
    expect(await page()).toMatch(/data-version="translation"[^>]* hidden/);
    await joao.submit('/pt/me', settings);
    expect(await page()).toMatch(originalIsHidden);
  });

  test('what he reads in the original is never translated for him', async () => {
    await joao.submit('/pt/me', { ...settings, reads: ['pt', 'es'] });
    expect(await page()).not.toContain('data-version="translation"');
    expect(await page()).toContain(SPANISH);
    expect((await joao.get('/pt/me')).text).toMatch(/id="reads-es"[^>]*checked/);
    await joao.submit('/pt/me', settings);
  });

  test('what he ticked and chose is still there when his name is refused', async () => {
    const typed = { name: '', interfaceLanguage: 'es', reads: ['pt', 'it'], showsFirst: 'original', showsSupport: '1' };
    const { status, text } = await joao.submit('/pt/me', typed);
    expect(status).toBe(422);
    expect(text).toMatch(/<option value="es"[^>]*selected/);
    for (const box of ['reads-it', 'reads-pt', 'showsFirst-original', 'showsSupport-1'])
      expect(text).toMatch(new RegExp(`id="${box}"[^>]*checked`));
  });

  test('who speaks a language without words of ours is offered that of the page', async () => {
    const defne = await polyphony.signIn('Defne', { language: 'en' });
    await rows(polyphony.em(), sql`update person set interface_language = 'tr' where handle = 'defne'`);
    expect((await defne.get('/en/me')).text).toMatch(/<option value="en"[^>]*selected/);
  });

  test('his pages and mails come in another language once he says so', async () => {
    const answer = await joao.submit('/pt/me', { ...settings, interfaceLanguage: 'es' });
    expect(answer.location).toBe('/es/me?saved=1');
    const saved = await joao.get('/es/me?saved=1');
    expect(saved.text).toContain(onPage('es', 'people:saved'));
    expect(saved.text).toMatch(/<option value="es"[^>]*selected/);
    expect(saved.headers.get('Cache-Control')).toContain('no-store');
    await joao.submit('/pt/me', settings);
  });

  test.each<[string, Partial<typeof settings>, Key]>([
    ['an empty name', { name: ' ' }, 'errors:required'],
    ['a name of 81 letters', { name: 'J'.repeat(81) }, 'errors:tooLong'],
    ['a language without pages', { interfaceLanguage: 'tlh' }, 'errors:language'],
    ['reading a language nobody knows', { reads: ['pt', 'tlh'] }, 'errors:language'],
  ])('%s is refused, and nothing else changes', async (_name, wrong, key) => {
    const answer = await joao.submit('/pt/me', { ...settings, ...wrong });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(onPage('pt', key, { max: 80 }));
    expect((await joao.get('/pt/me')).text).toContain('<bdi>João</bdi>');
  });

  test('nobody else may change them, and there is nothing to see without signing in', async () => {
    expect((await polyphony.visitor().get('/pt/me')).status).toBe(401);
    expect((await polyphony.visitor().submit('/pt/me', settings)).status).toBe(401);
  });
});

describe('what others see of María', () => {
  test('her name, her handle and her ideas; neither her address nor her languages nor her roles', async () => {
    const profile = await polyphony.visitor().get('/es/people/maria');
    expect(profile.text).toContain('<h1><bdi>María</bdi></h1>');
    expect(profile.text).toContain('@maria');
    expect(profile.text).toContain('Energía limpia');
    for (const secret of ['example.org', maria.id, maria.token]) expect(profile.text).not.toContain(secret);
    const { author } = (await polyphony
      .visitor()
      .get(`/api/v1/ideas/${idea}`)
      .then(({ text }) => JSON.parse(text))) as { author: object };
    expect(author).toEqual({ handle: 'maria', name: 'María', office: null });
  });

  test('nobody is found under a handle that nobody has', async () => {
    for (const handle of ['nobody', 'MARIA', 'maria@example.org'])
      expect((await polyphony.visitor().get(`/es/people/${handle}`)).status).toBe(404);
  });
});

test('somebody whose name is markup is shown with exactly that name, everywhere', async () => {
  const em = polyphony.em();
  const visitor = polyphony.visitor();
  await visitor.submit(`/es/sign-in/${await createLink(em, { email: 'bobby@example.org', language: 'es' })}`, {});
  expect((await visitor.submit('/es/welcome', { name: MARKUP, handle: 'bobby' })).status).toBe(303);
  const posted = await visitor.submit('/es/spaces/health/ideas/new', {
    title: 'Más hospitales',
    body: SPANISH,
    language: 'es',
  });
  const path = posted.location?.replace('?posted=1', '') ?? '';
  for (const address of [
    '/es',
    '/es/me',
    '/es/ideas',
    '/es/spaces/health',
    '/es/people/bobby',
    path,
    `${path}/history`,
  ]) {
    const page = await visitor.get(address);
    expect(page.status).toBe(200);
    expect(page.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page.text).not.toMatch(/<script>alert|<img src=x/);
  }
});
