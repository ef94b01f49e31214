import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import type { Visitor } from './support/browser-like.ts';
import { faultsIn } from './support/markup.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';

const SCRIPTS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  '" onmouseover="alert(1)" x="',
  '</textarea></title><script>alert(1)</script>',
  '<!--<script>-->alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
];
const LINKS = [
  '[press](javascript:alert(1))',
  '[press](JaVaScRiPt:alert(1))',
  '[press](&#106;avascript:alert(1))',
  '[press](java\tscript:alert(1))',
  '[press](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[press](vbscript:alert(1))',
  '[press](//evil.example)',
  '[press](https://evil.example/"onclick="alert(1))',
  '<javascript:alert(1)>',
  '![x](https://evil.example/track.gif)',
  '<https://evil.example/"><script>alert(1)</script>>',
  '[a]: javascript:alert(1)\n\n[a]',
  '`<script>alert(1)</script>`',
  '```html\n<script>alert(1)</script>\n```',
];
const BODY = [...SCRIPTS, ...LINKS].join('\n\n');

/** An engine that was taken over, or that never knew better. */
const evil = stubEngine({
  say: (text) => `${text.slice(0, 20)} " onmouseover="alert(1)" javascript:alert(1) &lt;script&gt;`,
});

let polyphony: TestPlatform;
let maria: Visitor;
let emma: Visitor;
let joao: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: evil });
  maria = await polyphony.signIn('María', { language: 'es' });
  emma = await polyphony.signIn('Emma', { roles: ['moderator'] });
  joao = await polyphony.person('João', { language: 'pt' });
});
afterAll(() => polyphony.stop());

async function post(title: string, body = BODY): Promise<string> {
  const posted = await maria.submit('/es/spaces/climate/ideas/new', { title, body, language: 'es' });
  expect(posted.status).toBe(303);
  return /\/ideas\/[0-9a-f-]{36}/.exec(posted.location ?? '')?.[0] ?? '';
}

const LISTS = ['', '/ideas', '/spaces/climate', '/people/maria'];
const READING = ['', '?view=original', '?view=translation', '/history'];
const ACTING = ['/edit', '/withdraw', '/hide', '/restore'];

/** What is wrong on these pages, for anybody who can see them. */
async function faultsOn(...pages: string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const [visitor, language] of [
    [polyphony.visitor(), 'pt'],
    [maria, 'es'],
    [emma, 'en'],
  ] as const)
    for (const page of pages) {
      const { text, status } = await visitor.get(`/${language}${page}`);
      if (status >= 500) faults.push(`${page}: ${status}`);
      faults.push(...faultsIn(text).map((fault) => `/${language}${page}: ${fault}`));
    }
  return faults;
}

test('the look at a page would find what it looks for', () => {
  for (const each of SCRIPTS.slice(0, 3)) expect(faultsIn(`<p>${each}</p>`)).not.toEqual([]);
  expect(faultsIn('<a href="javascript:alert(1)">a</a>')).not.toEqual([]);
  expect(faultsIn('<p title="" onmouseover="alert(1)">a</p>')).not.toEqual([]);
  expect(faultsIn('<p>1 < 2</p>')).not.toEqual([]);
  expect(faultsIn('<p class="a" hidden>1 &lt; 2<br></p>')).toEqual([]);
});

describe('words that would like to be code', () => {
  test.each(SCRIPTS)('%s in title, body, history and reason stays words', async (script) => {
    const path = await post(script);
    await maria.submit(`/es${path}/edit`, {
      title: `${script} ${script}`.slice(0, 150),
      body: `${script}\n\n${BODY}`,
      language: 'es',
      version: '1',
    });
    await emma.submit(`/en${path}/hide`, { reason: `${script}\n\n${LINKS.join('\n\n')}`.slice(0, 1_000) });
    expect(await faultsOn(path)).toEqual([]);
    await emma.submit(`/en${path}/restore`, { reason: script });
    expect(await faultsOn(...[...READING, ...ACTING].map((page) => path + page))).toEqual([]);
  });

  test('all of them together on the lists', async () => {
    expect((await maria.get('/es/ideas')).text).toContain('&lt;script&gt;alert(1)');
    expect(await faultsOn(...LISTS)).toEqual([]);
  });

  test('nor do they run where somebody calls words of the site wrong, or where the secretariat reads it', async () => {
    const sofia = await polyphony.signIn('Sofia', { roles: ['secretariat'] });
    for (const script of [...SCRIPTS, ...LINKS]) {
      const query = `page=${encodeURIComponent(`/es/ideas?${script}`)}&words=${encodeURIComponent(script)}`;
      expect(faultsIn((await maria.get(`/es/wording?${query}`)).text)).toEqual([]);
      const told = { page: `/es/${script}`, words: script, better: script, remark: script };
      await rows(polyphony.em(), sql`delete from rate`);
      expect(faultsIn((await maria.submit('/es/wording', { ...told, better: '' })).text)).toEqual([]);
      expect((await maria.submit('/es/wording', told)).status).toBe(303);
    }
    for (const page of ['', '?page=2', '?language=es'])
      expect(faultsIn((await sofia.get(`/en/secretariat/wording${page}`)).text)).toEqual([]);
    expect((await sofia.get('/en/secretariat/wording?page=2')).text).toContain('&lt;script&gt;alert(1)');
  });

  test('links lead through the exit page or nowhere, and pictures are not fetched', async () => {
    const { text } = await polyphony.visitor().get(`/es${await post('Enlaces')}`);
    const [, prose = ''] = /<div class="prose"[^>]*>([^]*?)<\/div>/.exec(text) ?? [];
    const links = [...prose.matchAll(/<a ([^>]*)>/g)].map(([, attributes = '']) => attributes);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links)
      expect(link).toMatch(
        /^href="\/es\/leave\?to=https[^"]*" rel="nofollow ugc noopener noreferrer" data-to="https[^"]*"$/,
      );
    expect(prose).not.toMatch(/<img|href="javascript|href="data/);
  });

  test('a machine, or whoever sits in it, cannot put code on a page', async () => {
    const path = await post('Energía limpia', 'Debemos invertir más en energías renovables.\n\n- Uno\n- Dos');
    await eventually(async () =>
      expect((await joao.api('GET', `${path}?lang=pt`)).body.translation.state).toBe('ready'),
    );
    expect(await faultsOn(...LISTS, ...READING.map((page) => path + page))).toEqual([]);
  });

  test('not even with a translation that stands in the table already', async () => {
    const path = await post('Energía limpia', 'Debemos invertir más en energías renovables.');
    await eventually(async () =>
      expect((await joao.api('GET', `${path}?lang=pt`)).body.translation.state).toBe('ready'),
    );
    for (const [index, script] of SCRIPTS.entries()) {
      await rows(
        polyphony.em(),
        sql`update translation set title = ${script}, body = ${`${script}\n\n${BODY}`}, engine = ${script}
        where text_id = (select text_id from subject where id = ${path.slice(-36)})`,
      );
      expect(await faultsOn(`${path}?fresh=${index}`, `/ideas?fresh=${index}`)).toEqual([]);
      expect((await polyphony.visitor().get(`/pt${path}?fresh=${index}`)).text).toContain('data-version="translation"');
    }
  });

  test('nor can a person who improves a translation, on any page that shows what they wrote', async () => {
    const path = await post('Energía limpia', 'Debemos invertir más en energías renovables.');
    const text = (await joao.api('GET', path)).body.text.id;
    for (const [index, script] of [...SCRIPTS, LINKS.join('\n\n')].entries()) {
      const improved = await joao.api(
        'PUT',
        `/texts/${text}/translations/pt`,
        { title: script.slice(0, 200), body: `${script}\n\n${BODY}` },
        { 'If-Match': `"${index}"` },
      );
      expect(improved.status).toBe(200);
    }
    const own = `/texts/${text}`;
    const pages = [
      '/improve/pt',
      '/translations/pt',
      '/translations/pt/roll-back?to=1',
      '/report?reason=wrong-translation',
    ];
    expect(await faultsOn(...pages.map((page) => own + page), `${path}?improved`, '/ideas?improved')).toEqual([]);
    expect((await polyphony.visitor().get(`/pt${path}?improved`)).text).toContain('translated--human');
    // Two at once: the second is shown what the first wrote, and gets back what they wrote themselves.
    const conflict = await maria.submit(`/es${own}/improve/pt`, { title: SCRIPTS[4] ?? '', body: BODY, base: '0' });
    expect([conflict.status, faultsIn(conflict.text)]).toEqual([409, []]);
    await maria.submit(`/pt${own}/report`, { reason: 'wrong-translation', note: SCRIPTS.join(' ').slice(0, 500) });
    expect(await faultsOn('/moderation?flagged=1', '/moderation/translations')).toEqual([]);
  });

  test('an engine that answers with a script is not believed', async () => {
    const script = stubEngine({ say: () => '<script>alert(1)</script>' });
    const other = await startPolyphony({}, { engine: script });
    try {
      const ana = await other.person('Ana', { language: 'es' });
      const { body } = await ana.api('POST', '/spaces/climate/ideas', {
        title: 'Buenos días',
        body: 'Un texto corto.',
        language: 'es',
      });
      await eventually(async () => {
        const [failed] = await rows(
          other.em(),
          sql<{
            failure: string | null;
          }>`select failure from translation where text_id = ${body.text.id} and language = 'pt'`,
        );
        expect(failed?.failure).toBe('bad_output');
      });
      const page = await other.visitor().get(`/pt/ideas/${body.id}`);
      expect(faultsIn(page.text)).toEqual([]);
      expect(page.text).toContain('Un texto corto.');
    } finally {
      await other.stop();
    }
  });
});
