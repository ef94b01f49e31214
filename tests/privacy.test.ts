import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from './support/browser-like.ts';
import { countAllRows } from './support/counts.ts';
import { keepLog } from './support/log-lines.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { fill, routesOf } from './support/routes.ts';
import { stubEngine } from './support/stub-engine.ts';

const TITLE = 'Zanahorias gratuitas';
const BODY = 'Las zanahorias deberían ser gratuitas en los comedores escolares.';

const { log, lines } = keepLog();
let polyphony: TestPlatform;
let maria: Visitor;
let joao: ApiPerson;
let values: Record<string, string>;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { log, engine: stubEngine({ policy: 'wish' }) });
  maria = await polyphony.signIn('María Ibáñez', { language: 'es' });
  joao = await polyphony.person('João', { language: 'pt' });
  const posted = await maria.submit('/es/spaces/climate/ideas/new', { title: TITLE, body: BODY, language: 'es' });
  const [id = ''] = /[0-9a-f-]{36}/.exec(posted.location ?? '') ?? [];
  const { body } = await joao.api('GET', `/ideas/${id}`);
  values = { id, text: body.text.id, slug: 'climate', handle: 'maria-ibanez', plural: 'ideas', week: '2026-W40' };
});
afterAll(() => polyphony.stop());

/** Every address that can be read, pages in two languages, the API in one. */
function addresses(): string[] {
  const readable = routesOf(polyphony).filter(({ method }) => method === 'GET');
  return readable.flatMap(({ path }) => {
    const id = (path.includes('/texts/') ? values['text'] : values['id']) ?? '';
    const own = (language: string) => fill(path, { ...values, id, language });
    return path.startsWith('/api/') ? [`${own('pt')}?lang=pt`] : [...new Set([own('es'), own('pt')])];
  });
}

describe('reading', () => {
  test('changes nothing: not a row, in no table', async () => {
    expect(addresses().length).toBeGreaterThan(25);
    const visitor = polyphony.visitor();
    // What María posted is still on its way into the search.
    await eventually(async () => expect((await countAllRows(polyphony.em()))['idea_words']).toBe(1));
    const before = await countAllRows(polyphony.em());
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['idea', 'session', 'translation', 'activity', 'rate']));
    for (const address of addresses()) {
      await visitor.get(address);
      await visitor.send(address, { method: 'HEAD' });
    }
    expect(await countAllRows(polyphony.em())).toEqual(before);
  });

  test('shows nobody’s mail address, token or number, to nobody and to no other person', async () => {
    const secrets = [
      'maria-ibanez@',
      'joao@',
      '@example.org',
      joao.id,
      joao.token,
      [...maria.cookies.values()][0] ?? 'x',
    ];
    const other = await polyphony.signIn('Other Olga');
    for (const visitor of [polyphony.visitor(), other])
      for (const address of addresses()) {
        const { text } = await visitor.get(address);
        for (const secret of secrets) expect(text, address).not.toContain(secret);
      }
  });

  test('of an idea tells no more in the API than was meant', async () => {
    const { body } = await joao.api('GET', `/ideas/${values['id']}`);
    expect(Object.keys(body).toSorted()).toEqual(
      [
        'author',
        'counts',
        'createdAt',
        'editedAt',
        'events',
        'id',
        'kind',
        'place',
        'source',
        'space',
        'state',
        'text',
        'translation',
        'uri',
        'url',
        'version',
      ].filter((key) => key in body),
    );
    expect(Object.keys(body.author)).toEqual(['handle', 'name', 'office']);
  });
});

test('the log tells what happened, not who wrote what', async () => {
  const id = values['id'] ?? '';
  await maria.submit(`/es/ideas/${id}/edit`, { title: `${TITLE} ya`, body: BODY, language: 'es', version: '1' });
  await maria.submit('/es/spaces/climate/ideas/new', { title: '', body: BODY, language: 'es' });
  await maria.submit('/es/me', {
    name: 'María\r\n{"level":50,"msg":"forged"}',
    interfaceLanguage: 'es',
    reads: 'es',
    showsFirst: '',
  });
  await polyphony.visitor().submit('/es/sign-in', { email: 'somebody@example.org\u001b[31m', to: '/es' });
  await polyphony.visitor().get(`/es/people/maria-ibanez%0a%7B%22level%22:50%7D?q=${encodeURIComponent(TITLE)}`);
  await polyphony.visitor().submit('/es/sign-in', { email: 'somebody@example.org', to: '/es' });
  await polyphony.mails.next('somebody@example.org');
  await joao.api('POST', '/spaces/climate/ideas', { title: TITLE, body: BODY, language: 'tlh' });
  polyphony.running.house.log.warn(
    { email: 'somebody@example.org', error: new Error('a line to be sure that there is one') },
    'test',
  );
  await eventually(async () => expect(lines.length).toBeGreaterThan(0));
  for (const line of lines) {
    expect(line.trimEnd()).not.toContain('\n');
    expect(() => JSON.parse(line)).not.toThrow();
    for (const secret of [
      'example.org',
      'Zanahorias',
      'zanahorias',
      'Ibáñez',
      'ibanez',
      joao.token,
      [...maria.cookies.values()][0] ?? 'x',
    ])
      expect(line).not.toContain(secret);
  }
});
