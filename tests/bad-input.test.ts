import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { PageAnswer, Visitor } from './support/browser-like.ts';
import { countIdeas } from './support/counts.ts';
import { complaints, keepLog } from './support/log-lines.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

const NEW = '/es/spaces/climate/ideas/new';
const GOOD = {
  title: 'Más trenes nocturnos',
  body: 'Los trenes nocturnos unen ciudades y cuidan el clima.',
  language: '',
};
const REVERSED = 'Fotos \u202Egnp.exe';

const { log, lines } = keepLog();
let polyphony: TestPlatform;
let maria: Visitor;
let joao: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { log });
  maria = await polyphony.signIn('María', { language: 'es' });
  joao = await polyphony.person('João', { language: 'pt' });
});
afterAll(() => polyphony.stop());

const ideas = () => countIdeas(polyphony.em());

async function nothingStored<T>(act: () => Promise<T>): Promise<T> {
  const before = await ideas();
  const answer = await act();
  expect(await ideas()).toBe(before);
  return answer;
}

const postAs = (visitor: Visitor, type: string, body: string | Uint8Array<ArrayBuffer>): Promise<PageAnswer> =>
  visitor.send(NEW, {
    method: 'POST',
    body,
    headers: { 'Content-Type': type, Origin: polyphony.url, 'Sec-Fetch-Site': 'same-origin' },
  });

describe('the form tells María in Spanish what is wrong, keeps what she typed, and stores nothing', () => {
  test.each([
    ['an empty title', { title: '   ' }, ['errors:titleRequired']],
    ['an empty idea', { body: '\r\n \r\n' }, ['errors:bodyRequired']],
    ['a title of invisible signs', { title: '\u200B\u2060' }, ['errors:titleRequired']],
    ['151 characters in the title', { title: 'é'.repeat(151) }, ['errors:tooLong', { max: 150 }]],
    ['5,001 characters in the idea', { body: 'ñ'.repeat(5_001) }, ['errors:tooLong', { max: 5_000 }]],
    ['NUL in the idea', { body: 'Trenes\u0000 para todos' }, ['errors:badCharacters']],
    ['a language nobody offers', { language: 'xx' }, ['errors:language']],
  ] as const)(
    '%s',
    async (_name, wrong, [key, params]: readonly [Parameters<typeof onPage>[1], Parameters<typeof onPage>[2]?]) => {
      const typed = { ...GOOD, ...wrong };
      const page = await nothingStored(() => maria.submit(NEW, typed));
      expect(page.status).toBe(422);
      expect(page.text).toContain('<html lang="es"');
      expect(page.text).toContain(onPage('es', key, params));
      expect(page.text).toContain(`value="${typed.title}"`);
      expect(page.text).toContain(`>\n${typed.body}</textarea>`);
    },
  );

  test('a session that ended while she wrote: everything is still there, with the way to sign in beside it', async () => {
    const visitor = polyphony.visitor();
    const page = await nothingStored(() => visitor.submit(NEW, { ...GOOD, key: 'my-key' }));
    expect(page.status).toBe(401);
    for (const words of [
      GOOD.title,
      GOOD.body,
      'value="my-key"',
      '/es/sign-in',
      onPage('es', 'contributions:signedOut'),
    ])
      expect(page.text).toContain(words);
  });

  test('the same while she changes an idea', async () => {
    const location = (await maria.submit(NEW, GOOD)).location?.replace('?posted=1', '') ?? '';
    const page = await polyphony
      .visitor()
      .submit(`${location}/edit`, { ...GOOD, title: 'Trenes y barcos', version: '1' });
    expect(page.status).toBe(401);
    expect(page.text).toContain('value="Trenes y barcos"');
    expect(page.text).toContain(onPage('es', 'contributions:signedOut'));
    const late = await maria.submit(`${location}/edit`, { ...GOOD, title: 'Trenes y barcos', version: '7' });
    expect(late.status).toBe(412);
    expect(late.text).toContain('value="Trenes y barcos"');
    expect(late.text).toContain(onPage('es', 'errors:savedMeanwhile', { value: GOOD.title }));
  });
});

describe('exactly as much as is allowed', () => {
  test('150 characters in the title and 5,000 emoji in the idea', async () => {
    const typed = { title: 'ñ'.repeat(150), body: '🚆'.repeat(5_000), language: 'es' };
    expect((await maria.submit(NEW, typed)).status).toBe(303);
    const answer = await joao.api('POST', '/spaces/climate/ideas', { ...typed, language: 'es' });
    expect(answer.status).toBe(201);
    expect(answer.body.text.body).toBe(typed.body);
  });
});

describe('the API names the field and the fault', () => {
  test.each([
    ['an object where text belongs', { title: { a: 1 } }, 'title', 'notText'],
    ['a list where text belongs', { body: ['a', 'b'] }, 'body', 'notText'],
    ['a number where text belongs', { title: 7 }, 'title', 'notText'],
    ['nothing', { title: null }, 'title', 'notText'],
    ['half of an emoji', { title: 'Tren \uD83D' }, 'title', 'badCharacters'],
    ['NUL', { body: 'Tren\u0000' }, 'body', 'badCharacters'],
    ['a title too long by one emoji', { title: '🚆'.repeat(151) }, 'title', 'tooLong'],
    ['a body too long by one', { body: 'a'.repeat(5_001) }, 'body', 'tooLong'],
    ['a language of another planet', { language: 'tlh' }, 'language', 'language'],
    ['a language as a list', { language: ['es'] }, 'language', 'language'],
  ])('%s', async (_name, wrong, field, code) => {
    const answer = await nothingStored(() =>
      joao.api('POST', '/spaces/climate/ideas', { ...GOOD, language: null, ...wrong }),
    );
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid', errors: [{ field, code }] } });
  });

  test.each([
    ['broken JSON', '{"title": "a"'],
    ['a bare word', '"title"'],
    ['a prototype to poison', '{"__proto__": {"polluted": 1}, "title": "a", "body": "b"}'],
    ['lists ten thousand deep', `{"title": ${'['.repeat(10_000)}${']'.repeat(10_000)}, "body": "b"}`],
  ])('%s is refused', async (_name, body) => {
    const answer = await nothingStored(() => joao.api('POST', '/spaces/climate/ideas', body));
    expect([400, 422]).toContain(answer.status);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('what nobody may set is not set', async () => {
    const forged = {
      authorId: randomUUID(),
      author: 'maria',
      state: 'hidden',
      version: 9,
      createdAt: '2001-01-01T00:00:00Z',
      kind: 'space',
      constructor: { prototype: { polluted: 1 } },
    };
    const answer = await joao.api('POST', '/spaces/climate/ideas', { ...GOOD, language: 'es', ...forged });
    expect(answer.body).toMatchObject({ kind: 'idea', state: 'open', version: 1, author: { handle: 'joao' } });
    expect(answer.body.createdAt).not.toContain('2001');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('a place in a list that no list gave', () => {
  const ID = randomUUID();
  test.each([
    ['a day that there is not', `2026-02-30T10:00:00.000Z ${ID}`],
    ['a year that there was not', `0000-01-01T00:00:00.000Z ${ID}`],
    ['an id of hyphens', `2026-01-01T00:00:00.000Z 01234567${'-'.repeat(28)}`],
    ['no id', '2026-01-01T00:00:00.000Z '],
  ])('%s', async (_name, place) => {
    const cursor = Buffer.from(place).toString('base64url');
    for (const list of ['/ideas', '/spaces/climate/ideas', '/events']) {
      const answer = await joao.api('GET', `${list}?cursor=${cursor}`);
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'cursor', code: 'badCursor' }] } });
    }
  });
});

describe('bodies that are no form of ours', () => {
  const FORM = 'application/x-www-form-urlencoded';
  const rest = 'body=Los+trenes+nocturnos+unen+ciudades&language=es';
  test.each([
    ['a title in brackets', FORM, `title[a]=1&${rest}`, 422],
    ['a title given twice', FORM, `title=uno&title=dos&${rest}`, 422],
    ['a poisoned prototype', FORM, `__proto__[polluted]=1&constructor[prototype][polluted]=1&${rest}`, 422],
    ['percent signs that spell nothing', FORM, `title=%ff%fe&${rest}`, 400],
    [
      'bytes that are no UTF-8',
      FORM,
      Buffer.concat([Buffer.from(`${rest}&title=Tren`), Buffer.from([0xff, 0xfe])]),
      400,
    ],
    [
      'JSON with bytes that are no UTF-8',
      'application/json',
      Buffer.concat([Buffer.from('{"body":"Trenes","title":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]),
      400,
    ],
    ['ten thousand fields', FORM, `${'x=1&'.repeat(10_000)}title=a`, 422],
    ['plain text', 'text/plain', rest, 422],
    ['XML', 'application/xml', '<idea/>', 422],
    ['an alphabet nobody reads', 'application/json; charset=klingon', '{}', 422],
    ['no type at all', '', rest, 422],
    ['a type that is none', '///;;;', rest, 422],
  ])('%s', async (_name, type, body, status) => {
    const page = await nothingStored(() =>
      postAs(maria, type, typeof body === 'string' ? body : Uint8Array.from(body)),
    );
    expect(page.status).toBe(status);
    expect(page.text).toContain('<html lang="es"');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('letters that turn their surroundings round', () => {
  test('are stored in a text, and stand in an element of their own direction wherever the text is shown', async () => {
    const { location } = await maria.submit(NEW, { ...GOOD, title: REVERSED, language: 'es' });
    const path = location?.replace('?posted=1', '') ?? '';
    const [page, history, list] = [
      await maria.get(path),
      await maria.get(`${path}/history`),
      await maria.get('/es/ideas'),
    ];
    expect(page.text).toContain(`<h1 lang="es" dir="ltr">${REVERSED}</h1>`);
    expect(history.text).toMatch(new RegExp(`<div class="diff" lang="es" dir="ltr">\\s*<h3>${REVERSED}</h3>`));
    expect(list.text).toMatch(new RegExp(`<h3 lang="es" dir="ltr"><a [^>]*>${REVERSED}</a></h3>`));
    for (const { text } of [page, history, list])
      expect(/<title>[^<]*<\/title>/.exec(text)?.[0]).not.toContain('\u202E');
  });

  test('are refused in names', async () => {
    const page = await maria.submit('/es/me', { name: 'María\u202E', interfaceLanguage: 'es', showsFirst: '' });
    expect(page.status).toBe(422);
    expect(page.text).toContain(onPage('es', 'errors:badCharacters'));
  });
});

test('in all this nothing failed on our side', () => {
  expect(complaints(lines)).toEqual([]);
});
