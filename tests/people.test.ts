import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { inMail, onPage } from './support/words.ts';

let polyphony: TestPlatform;
beforeAll(async () => {
  polyphony = await startPolyphony();
  await polyphony.person('María', { language: 'es' });
});
afterAll(() => polyphony.stop());

/** Asks for a link as the form does, and takes it out of the mail. */
async function askForLink(visitor: Visitor, email: string, language = 'es', to = `/${language}`): Promise<string> {
  expect((await visitor.submit(`/${language}/sign-in`, { email, to })).status).toBe(200);
  const { text = '' } = await polyphony.mails.next(email);
  const links = text.match(/http\S+/g) ?? [];
  expect(links).toHaveLength(1);
  return new URL(links[0] ?? '').pathname;
}

describe('a link in a mail', () => {
  test('shows a button as often as a mail program looks at it, and signs in once', async () => {
    const ana = polyphony.visitor();
    const link = await askForLink(ana, 'maria@example.org', 'es', '/es/spaces/health?page=1');
    for (let look = 0; look < 3; look++) {
      const page = await polyphony.visitor().get(link);
      expect(page.status).toBe(200);
      expect(page.text).toContain(onPage('es', 'people:confirmButton'));
      expect(page.headers.get('Cache-Control')).toContain('no-store');
      expect(page.headers.get('Referrer-Policy')).toBe('no-referrer');
    }
    const press = await ana.submit(link, {});
    expect([press.status, press.location]).toEqual([303, '/es/spaces/health?page=1']);
    const again = await polyphony.visitor().submit(link, {});
    expect(again.status).toBe(410);
    expect(again.text).toContain(onPage('es', 'errors:linkExpired'));
    expect((await polyphony.visitor().get(link)).status).toBe(410);
  });

  test('pressed in two windows at once, it signs in one of them', async () => {
    const link = await askForLink(polyphony.visitor(), 'maria@example.org');
    const presses = await Promise.all([polyphony.visitor(), polyphony.visitor()].map((each) => each.submit(link, {})));
    expect(presses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 410]);
  });

  test('is worth nothing after its ten minutes, and neither is one that was made up', async () => {
    const visitor = polyphony.visitor();
    const link = await askForLink(visitor, 'late@example.org');
    await rows(
      polyphony.em(),
      sql`update sign_in_link set expires_at = now() - interval '1 second' where email = 'late@example.org'`,
    );
    for (const path of [link, `/es/sign-in/${'A'.repeat(43)}`, '/es/sign-in/x']) {
      expect((await visitor.get(path)).status).toBe(410);
      expect((await visitor.submit(path, {})).status).toBe(410);
    }
    expect((await visitor.get('/es/me')).status).toBe(401);
  });

  test('is asked for in the same words and with the same headers by the known and the unknown', async () => {
    const answers = await Promise.all(
      ['maria@example.org', 'nobody@example.org'].map((email) =>
        polyphony.visitor().submit('/es/sign-in', { email, to: '/es' }),
      ),
    );
    const [known, unknown] = answers.map(({ status, text, headers }) => ({
      status,
      text: text.replaceAll(/\w+@example\.org/g, 'their address'),
      headers: [...headers.keys()],
    }));
    expect(known).toEqual(unknown);
  });

  test.each(['es', 'pt'])(
    'comes in the language of the page (%s), with no header that we did not mean',
    async (language) => {
      const email = `reader-${language}@example.org`;
      await polyphony.visitor().submit(`/${language}/sign-in`, { email, to: `/${language}` });
      const mail = await polyphony.mails.next(email);
      expect(mail.subject).toBe(inMail(language, 'mails:signIn.subject'));
      expect(mail.text).toContain(inMail(language, 'mails:signIn.body'));
      expect(mail.headers.get('content-language')).toBe(language);
      const meant = [
        'auto-submitted',
        'content-language',
        'content-transfer-encoding',
        'content-type',
        'date',
        'from',
        'message-id',
        'mime-version',
        'subject',
        'to',
      ];
      expect([...mail.headers.keys()].filter((name) => !meant.includes(name))).toEqual([]);
    },
  );
});

describe('an address that is none', () => {
  test.each([
    'eva@example.org\r\nBcc: spy@example.org',
    'eva@example.org\nSubject: Win',
    'eva@example.org, spy@example.org',
    'Eva <eva@example.org>',
    'eva@example.org\u0000',
    'eva',
    '',
    `${'e'.repeat(300)}@example.org`,
  ])('%j is refused in Spanish, and no mail leaves', async (email) => {
    const page = await polyphony.visitor().submit('/es/sign-in', { email, to: '/es/ideas' });
    expect(page.status).toBe(422);
    expect(page.text).toContain(onPage('es', 'errors:email'));
    expect(page.text).toContain('value="/es/ideas"');
    expect(
      await rows(polyphony.em(), sql`select 1 from sign_in_link where email like '%spy%' or email like 'eva%'`),
    ).toEqual([]);
  });

  test('F83, F86: nobody’s mailbox is filled, whatever follows the +, and nobody is told that it is full', async () => {
    for (let count = 0; count < 12; count++) {
      const tag = count % 2 ? `+${count}` : '';
      const page = await polyphony.visitor().submit('/es/sign-in', { email: `full${tag}@example.org`, to: '/es' });
      expect(page.status).toBe(200);
      expect(page.text).toContain(`full${tag}@example.org`);
    }
    const links = await rows(polyphony.em(), sql`select 1 from sign_in_link where email like 'full%'`);
    expect(links.length).toBeGreaterThanOrEqual(5);
    // A window of an hour may end meanwhile.
    expect(links.length).toBeLessThanOrEqual(10);
  });
});

describe('somebody new', () => {
  test('Ana chooses a name and a handle; what is wrong with the handle does not cost her the name', async () => {
    const ana = polyphony.visitor();
    const link = await askForLink(ana, 'ana@example.org', 'es', '/es/ideas');
    expect((await ana.submit(link, {})).location).toBe('/es/welcome');
    for (const [handle, key] of [
      ['maria', 'errors:handleTaken'],
      ['admin', 'errors:handleTaken'],
      ['an', 'errors:handle'],
      ['ana marín', 'errors:handle'],
      ['-ana', 'errors:handle'],
      ['<b>ana</b>', 'errors:handle'],
    ] as const) {
      const page = await ana.submit('/es/welcome', { name: 'Ana Marín', handle });
      expect(page.status).toBe(422);
      expect(page.text).toContain(onPage('es', key));
      expect(page.text).toContain('value="Ana Marín"');
    }
    expect((await ana.submit('/es/welcome', { name: 'Ana Marín', handle: 'ana' })).location).toBe('/es/ideas');
    expect((await ana.get('/es/me')).text).toContain('Ana Marín');
    expect((await polyphony.visitor().get('/es/people/ana')).status).toBe(200);
  });

  test('who comes by two links at once is one person in the end', async () => {
    const [laptop, phone] = [polyphony.visitor(), polyphony.visitor()];
    for (const device of [laptop, phone]) await device.submit(await askForLink(device, 'two@example.org'), {});
    expect((await laptop.submit('/es/welcome', { name: 'Dos', handle: 'dos' })).status).toBe(303);
    const second = await phone.submit('/es/welcome', { name: 'Dos otra vez', handle: 'dos-otra-vez' });
    expect(second.status).toBe(303);
    expect((await phone.get('/es/me')).text).toContain('@dos<');
  });

  test('without a link there is no way to the welcome page', async () => {
    expect((await polyphony.visitor().get('/es/welcome')).status).toBe(401);
    expect((await polyphony.visitor().submit('/es/welcome', { name: 'Nadie', handle: 'nadie' })).status).toBe(401);
  });
});

describe('coming and going', () => {
  test('pages that ask to sign in lead back to where one was', async () => {
    const visitor = polyphony.visitor();
    const page = await visitor.get('/es/spaces/climate/ideas/new');
    expect(page.status).toBe(401);
    const to = '/es/sign-in?to=%2Fes%2Fspaces%2Fclimate%2Fideas%2Fnew';
    expect(page.text).toContain(`class="button" href="${to}"`);
    expect((await visitor.get('/es/ideas?language=es')).text).toContain(
      'href="/es/sign-in?to=%2Fes%2Fideas%3Flanguage%3Des"',
    );
    expect((await visitor.get(to)).text).toContain('name="to" value="/es/spaces/climate/ideas/new"');
  });

  test('signing out ends this device only; everywhere ends all', async () => {
    await polyphony.person('Luis', { language: 'es' });
    const devices = [polyphony.visitor(), polyphony.visitor(), polyphony.visitor()] as const;
    for (const device of devices) await device.submit(await askForLink(device, 'luis@example.org'), {});
    const [laptop, phone, tablet] = devices;
    const stolen = new Map(laptop.cookies);
    expect((await laptop.submit('/es/sign-out', { everywhere: '' })).location).toBe('/es');
    for (const [name, value] of stolen) laptop.cookies.set(name, value);
    expect((await laptop.get('/es/me')).status).toBe(401);
    expect((await phone.get('/es/me')).status).toBe(200);
    await phone.submit('/es/sign-out', { everywhere: '1' });
    for (const device of [phone, tablet]) expect((await device.get('/es/me')).status).toBe(401);
  });
});

test('on pages from right to left the sign stands before a handle, and languages have the reader’s names beside their own', async () => {
  const yasmin = await polyphony.signIn('Yasmin', { language: 'ar' });
  const me = (await yasmin.get('/ar/me')).text;
  expect(me).toContain('<span dir="ltr">@yasmin</span>');
  expect((await yasmin.get('/ar/people/yasmin')).text).toContain('<span dir="ltr">@yasmin</span>');
  expect(me).toMatch(/<option value="ar" lang="ar" selected>العربية<\/option>/);
  expect((await yasmin.get('/de/me')).text).toMatch(/<option value="it" lang="it">italiano \(Italienisch\)<\/option>/);
});
