import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { row, rows } from '../src/platform/db/database.ts';
import { createLink } from '../src/services/people/sign-in.ts';
import type { PageAnswer, Visitor } from './support/browser-like.ts';
import { faultsIn } from './support/markup.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { fill, routesOf } from './support/routes.ts';

const GOOD = {
  title: 'Más trenes nocturnos',
  body: 'Los trenes nocturnos unen ciudades y cuidan el clima.',
  language: 'es',
};

let polyphony: TestPlatform;
let maria: Visitor;
let emma: Visitor;
let joao: ApiPerson;
let id: string;
let values: Record<string, string>;
beforeAll(async () => {
  polyphony = await startPolyphony();
  maria = await polyphony.signIn('María', { language: 'es' });
  emma = await polyphony.signIn('Emma', { roles: ['moderator'] });
  joao = await polyphony.person('João', { language: 'pt' });
  const posted = await maria.submit('/es/spaces/climate/ideas/new', GOOD);
  [id = ''] = /[0-9a-f-]{36}/.exec(posted.location ?? '') ?? [];
  const { body } = await joao.api('GET', `/ideas/${id}`);
  const token = await createLink(polyphony.em(), { email: 'maria@example.org', language: 'es', minutes: 60 });
  values = { id, slug: 'climate', handle: 'maria', plural: 'ideas', token, week: '2026-W40', textId: body.text.id };
});
afterAll(() => polyphony.stop());

const addressOf = (path: string) =>
  fill(path, { ...values, language: 'es', ...(path.includes('/texts/') ? { id: values['textId'] ?? '' } : {}) });

describe('another site that makes María’s browser send something', () => {
  test('programs with a token need no origin; a token beside a cookie does not lift the rule', async () => {
    const post = (headers: Record<string, string>) =>
      fetch(`${polyphony.url}/api/v1/spaces/climate/ideas`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${joao.token}`, ...headers },
        body: JSON.stringify(GOOD),
      });
    expect((await post({})).status).toBe(201);
    expect((await post({ Origin: 'https://partner.example' })).status).toBe(201);
    const cookie = [...maria.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const refused = await post({ Cookie: cookie, Origin: 'https://evil.example' });
    expect(await refused.json()).toMatchObject({ status: 403, code: 'foreignOrigin' });
  });

  test('cannot read answers either: nothing allows it', async () => {
    const answer = await maria.get('/api/v1/ideas', { Origin: 'https://evil.example' });
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('every page', () => {
  const isHtml = ({ headers }: PageAnswer) => headers.get('Content-Type')?.startsWith('text/html') ?? false;

  async function pagesFor(visitor: Visitor): Promise<{ path: string; page: PageAnswer }[]> {
    const found = [];
    for (const { method, path } of routesOf(polyphony)) {
      if (method !== 'GET' || path.startsWith('/api/')) continue;
      const address = addressOf(path).replace('/leave', '/leave?to=https%3A%2F%2Feuropa.eu%2F');
      found.push({ path: address, page: await visitor.get(address) });
    }
    return [...found, { path: '/es/nowhere', page: await visitor.get('/es/nowhere') }];
  }

  test.each([
    ['nobody in particular', () => polyphony.visitor()],
    ['María', () => maria],
    ['Emma, who moderates', () => emma],
  ])('for %s runs only scripts and styles of our own, and tells browsers so', async (_name, who) => {
    const pages = await pagesFor(who());
    expect(pages.filter(({ page }) => page.status === 200).length).toBeGreaterThan(8);
    for (const { path, page } of pages) {
      const policy = page.headers.get('Content-Security-Policy') ?? '';
      expect(policy, path).toContain("default-src 'none'");
      for (const directive of [
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
      ])
        expect(policy, path).toContain(directive);
      expect(policy, path).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
      expect(page.headers.get('X-Content-Type-Options'), path).toBe('nosniff');
      expect(page.headers.get('X-Frame-Options'), path).toBe('DENY');
      expect(page.headers.get('Referrer-Policy'), path).toMatch(/same-origin|no-referrer/);
      expect(isHtml(page) ? faultsIn(page.text) : [], path).toEqual([]);
    }
  });

  test('that is somebody’s own is kept by no cache', async () => {
    const pages = (await pagesFor(maria)).filter(({ page }) => isHtml(page) && page.location === null);
    for (const { path, page } of pages) expect(page.headers.get('Cache-Control'), path).toContain('no-store');
    expect((await joao.api('GET', '/ideas')).headers.get('Cache-Control')).toContain('no-store');
  });
});

test('the page of a report that Emma hides is gone within two seconds, though it was kept', async () => {
  const giulia = await polyphony.person('Giulia', { roles: ['organizer'] });
  const event = await giulia.api('POST', '/spaces/climate/events', {
    ...GOOD,
    startsAt: '2026-10-04T18:00',
    endsAt: '2026-10-04T20:30',
    timeZone: 'Europe/Madrid',
    mode: 'online',
    onlineUrl: 'https://example.org/trenes',
  });
  const report = await giulia.api('PUT', `/events/${event.body.id}/report`, { ...GOOD, attendees: 40, ideas: [id] });
  const address = `/es/reports/${report.body.id}`;
  const other = polyphony.visitor();
  await eventually(async () => {
    const kept = (await other.get(address)).headers.get('ETag');
    expect(kept).not.toBeNull();
    expect((await other.get(address)).headers.get('ETag')).toBe(kept);
  });
  await emma.submit(`${address}/hide`, { reason: 'It names people who did not agree.' });
  await eventually(async () => expect((await other.get(address)).status).toBe(410), 2);
});

describe('ways out', () => {
  const OUTSIDE = [
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '%09//evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    'es/ideas',
    '',
  ];

  test.each(OUTSIDE)('signing in does not lead to %j', async (to) => {
    const visitor = polyphony.visitor();
    const page = await visitor.submit('/es/sign-in', { email: 'not an address', to });
    expect(page.text).toContain('name="to" value="/es"');
    expect((await visitor.get(`/es/sign-in?to=${encodeURIComponent(to)}`)).text).toContain('name="to" value="/es"');
    expect(faultsIn(page.text)).toEqual([]);
  });

  test('neither does going back after a language was corrected', async () => {
    const answer = await maria.submit(
      `/es/texts/${values['textId']}/language`,
      { language: 'es' },
      { Referer: `${polyphony.url}//evil.example/` },
    );
    expect(answer.location).toBe('/es');
    const elsewhere = await maria.submit(
      `/es/texts/${values['textId']}/language`,
      { language: 'es' },
      { Referer: 'https://evil.example/es/ideas' },
    );
    expect(elsewhere.location).toBe('/es/ideas');
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'https://europa.eu@evil.example/',
    'https://user:secret@evil.example/',
    'ftp://evil.example/',
    'vbscript:x',
    '//evil.example',
    '',
  ])('the exit page opens no %j', async (to) => {
    const page = await polyphony.visitor().get(`/es/leave?to=${encodeURIComponent(to)}`);
    expect(page.status).toBe(400);
    expect(faultsIn(page.text)).toEqual([]);
  });

  test('the exit page shows where a link leads, and leads nowhere by itself', async () => {
    const page = await polyphony
      .visitor()
      .get(`/es/leave?to=${encodeURIComponent('https://xn--e1aybc.example/a?b="><script>')}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<strong><bdi dir="ltr">xn--e1aybc.example</bdi></strong>');
    expect(page.text).toContain('rel="nofollow ugc noopener noreferrer"');
    expect(page.headers.get('Refresh')).toBeNull();
    expect(faultsIn(page.text)).toEqual([]);
  });
});

describe('sessions', () => {
  const linkFor = async (handle: string) =>
    `/es/sign-in/${await createLink(polyphony.em(), { email: `${handle}@example.org`, language: 'es' })}`;

  test('begin anew with each sign-in: a planted cookie is worth nothing', async () => {
    const visitor = polyphony.visitor();
    visitor.cookies.set('polyphony', 'planted-by-somebody-else');
    await visitor.submit(await linkFor('maria'), {});
    const first = visitor.cookies.get('polyphony');
    expect(first).not.toBe('planted-by-somebody-else');
    await visitor.submit(await linkFor('maria'), {});
    expect(visitor.cookies.get('polyphony')).not.toBe(first);
    const thief = polyphony.visitor();
    for (const planted of ['planted-by-somebody-else', first ?? '']) {
      thief.cookies.set('polyphony', planted);
      expect((await thief.get('/es/me')).status).toBe(401);
    }
  });

  test('and when somebody new has chosen a name', async () => {
    const visitor = polyphony.visitor();
    await visitor.submit(await linkFor('newcomer'), {});
    const before = visitor.cookies.get('polyphony');
    await visitor.submit('/es/welcome', { name: 'Nueva', handle: 'nueva' });
    expect(visitor.cookies.get('polyphony')).not.toBe(before);
    const thief = polyphony.visitor();
    thief.cookies.set('polyphony', before ?? '');
    expect((await thief.get('/es/me')).status).toBe(401);
  });

  test('their cookie is out of reach for scripts and other sites, and the table does not hold it', async () => {
    const answer = await polyphony.visitor().submit(await linkFor('maria'), {});
    const cookies = answer.headers.getSetCookie();
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatch(/^polyphony=[\w-]{43}; path=\/;.*samesite=lax; httponly/i);
    expect(cookies[0]).not.toMatch(/domain=/i);
    const value = /=([^;]+)/.exec(cookies[0] ?? '')?.[1] ?? '';
    expect(
      await row(polyphony.em(), sql`select 1 from session where id = ${value} or data::text like ${`%${value}%`}`),
    ).toBeNull();
  });

  test('a role that is taken away is gone at once', async () => {
    const erin = await polyphony.signIn('Erin', { roles: ['moderator'] });
    expect((await erin.get(`/en/ideas/${id}/hide`)).status).toBe(200);
    await rows(polyphony.em(), sql`delete from role where person_id = (select id from person where handle = 'erin')`);
    expect((await erin.get(`/en/ideas/${id}/hide`)).status).toBe(403);
    expect((await erin.submit(`/en/ideas/${id}/hide`, { reason: 'I still can.' })).status).toBe(403);
  });
});
