import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { grantRole } from '../src/services/people/people.ts';
import { row, rows } from '../src/platform/db/database.ts';
import { readGlossary } from '../src/services/improving/glossary.ts';
import type { PageAnswer, Visitor } from './support/browser-like.ts';
import { faultsIn } from './support/markup.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';
import { onPage } from './support/words.ts';

let polyphony: TestPlatform;
let ada: Visitor;
let emma: Visitor;
let climate: string;
let health: string;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine({ policy: 'wish' }) });
  climate = await spaceId('climate');
  health = await spaceId('health');
  ada = await polyphony.signIn('Ada', { roles: ['administrator'] });
  emma = await polyphony.signIn('Emma');
  const person = await row(polyphony.em(), sql<{ id: string }>`select id from person where handle = 'emma'`);
  await grantRole(polyphony.em(), person?.id ?? '', 'moderator', climate);
});
afterAll(() => polyphony.stop());
beforeEach(async () => void (await rows(polyphony.em(), sql`delete from glossary_term`)));

async function spaceId(slug: string): Promise<string> {
  const found = await row(polyphony.em(), sql<{ id: string }>`select subject_id as id from space where slug = ${slug}`);
  return found?.id ?? '';
}

const add = (visitor: Visitor, fields: Record<string, string>): Promise<PageAnswer> =>
  visitor.submit('/en/glossary/new', { space: 'platform', from: 'en', to: 'es', ...fields });

const stored = () =>
  rows(
    polyphony.em(),
    sql<{
      source: string;
      target: string;
    }>`select g.source, g.target, coalesce(sp.slug, 'platform') as space, p.handle from glossary_term g
      left join space sp on sp.subject_id = g.space_id join person p on p.id = g.author_id order by g.source, space`,
  );

describe('who keeps the glossary', () => {
  test('Ada, who administers, adds a term for the whole platform and finds it in the list with her name', async () => {
    expect((await ada.get('/en')).text).toContain('href="/en/glossary"');
    const saved = await add(ada, { source: 'Green Deal', target: 'Pacto Verde' });
    expect(saved.status).toBe(303);
    const page = await ada.get(saved.location ?? '');
    expect(page.text).toContain(onPage('en', 'glossary:saved', { added: 1, replaced: 0 }));
    expect(page.text).toContain('<bdi lang="en" dir="ltr">Green Deal</bdi>');
    expect(page.text).toContain('<bdi lang="es" dir="ltr">Pacto Verde</bdi>');
    expect(page.text).toContain('<a href="/en/people/ada"><bdi>Ada</bdi></a>');
    expect(page.text).toContain(onPage('en', 'glossary:existing'));
    expect(faultsIn(page.text)).toEqual([]);
    expect(await stored()).toEqual([{ source: 'Green Deal', target: 'Pacto Verde', space: 'platform', handle: 'ada' }]);
  });

  test('Emma, who moderates one theme, keeps that one and no other; the platform’s terms she only reads', async () => {
    await add(ada, { source: 'Green Deal', target: 'Pacto Verde' });
    expect((await add(emma, { space: 'climate', source: 'sink', target: 'sumidero' })).status).toBe(303);
    expect((await add(emma, { source: 'sink', target: 'fregadero' })).status).toBe(403);
    expect((await add(emma, { space: 'health', source: 'sink', target: 'lavabo' })).status).toBe(422);
    const { text } = await emma.get('/en/glossary');
    expect(text).toContain('Green Deal');
    expect(text.match(/glossary\/[0-9a-f-]{36}\/remove/g)).toHaveLength(1);
    const platform = await row(
      polyphony.em(),
      sql<{ id: string }>`select id from glossary_term where space_id is null`,
    );
    const path = `/en/glossary/${platform?.id}/remove`;
    expect([(await emma.get(path)).status, (await emma.submit(path, {})).status]).toEqual([403, 403]);
    expect(await stored()).toHaveLength(2);
  });

  test('others neither see nor change it', async () => {
    const karl = await polyphony.signIn('Karl', { roles: ['organizer', 'secretariat'] });
    expect((await karl.get('/tlh/glossary')).status).toBe(404); // no such interface language
    expect((await karl.get('/en/glossary')).status).toBe(403);
    expect((await add(karl, { source: 'a', target: 'b' })).status).toBe(403);
    expect((await karl.get('/en')).text).not.toContain('/en/glossary');
    expect((await polyphony.visitor().get('/en/glossary')).status).toBe(401);
    expect(await stored()).toEqual([]);
  });

  test('who was signed out while writing finds every word in the form again', async () => {
    const answer = await add(polyphony.visitor(), { source: 'Green Deal', lines: 'net zero = cero neto' });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('value="Green Deal"');
    expect(answer.text).toContain('net zero = cero neto</textarea>');
    expect(answer.text).not.toContain('value="climate"');
  });
});

describe('many terms at once', () => {
  test('one a line; empty lines do not count, and a word that is there already gets the new translation', async () => {
    await add(ada, { source: 'Net Zero', target: 'cero neto' });
    const lines = 'Green Deal = Pacto Verde\r\n\r\n  net zero =  cero emisiones netas \r\n';
    const answer = await add(ada, { lines });
    expect(answer.location).toBe('/en/glossary?space=platform&from=en&to=es&added=1&replaced=1');
    expect((await stored()).map(({ source, target }) => `${source}: ${target}`)).toEqual([
      'Green Deal: Pacto Verde',
      'net zero: cero emisiones netas',
    ]);
  });

  test('wrong lines are named by their number, nothing is stored and nothing typed is lost', async () => {
    const lines = `sink = sumidero\nno equals sign\na = b = c\n= nothing\n${'x'.repeat(101)} = long\nSink = fregadero`;
    const answer = await add(ada, { space: 'climate', lines });
    expect(answer.status).toBe(422);
    for (const line of [2, 3, 4]) expect(answer.text).toContain(onPage('en', 'errors:lineWithoutEquals', { line }));
    expect(answer.text).toContain(onPage('en', 'errors:lineTooLong', { line: 5, max: 100 }));
    expect(answer.text).toContain(onPage('en', 'errors:lineTwice', { line: 6, other: 1 }));
    expect(answer.text).toContain(`\n${lines}</textarea>`);
    expect(answer.text).toMatch(/<option value="climate"[^>]* selected>/);
    expect(faultsIn(answer.text)).toEqual([]);
    expect(await stored()).toEqual([]);
  });

  test('of hundreds of wrong lines the first ones are named, and more than 500 are not read', async () => {
    const { status, text } = await add(ada, { lines: 'wrong\n'.repeat(100) });
    expect(status).toBe(422);
    expect(text).toContain(onPage('en', 'errors:lineWithoutEquals', { line: 20 }));
    expect(text).not.toContain(onPage('en', 'errors:lineWithoutEquals', { line: 21 }));
    expect(text).toContain(onPage('en', 'errors:moreLines', { number: 80 }));
    const many = Array.from({ length: 501 }, (_, index) => `w${index} = p${index}`).join('\n');
    const refused = await add(ada, { lines: many });
    expect(refused.text).toContain(onPage('en', 'errors:tooManyLines', { max: 500 }));
  });

  test('a pair of languages has room for 2,000 terms in each glossary', async () => {
    const lines = (from: number) =>
      Array.from({ length: 500 }, (_, index) => `word ${from + index} = palabra ${from + index}`).join('\n');
    for (const from of [0, 500, 1_000, 1_500]) expect((await add(ada, { lines: lines(from) })).status).toBe(303);
    const full = await add(ada, { source: 'one more', target: 'uno más' });
    expect(full.status).toBe(422);
    expect(full.text).toContain(onPage('en', 'errors:tooManyTerms', { max: 2_000 }));
    expect((await add(ada, { source: 'Word 7', target: 'vocablo 7' })).status).toBe(303);
    expect((await add(ada, { to: 'pt', source: 'one more', target: 'mais um' })).status).toBe(303);
    expect(await stored()).toHaveLength(2_001);
    const last = await ada.get('/en/glossary?page=21');
    expect(last.text).toContain('mais um');
    expect((await ada.get('/en/glossary?page=22')).status).toBe(404);
  });

  test.each([
    ['no term at all', {}, 'errors:termRequired'],
    ['half a term', { source: 'Green Deal' }, 'errors:termRequired'],
    ['the same language twice', { to: 'en', source: 'a', target: 'b' }, 'errors:sameLanguage'],
    ['a language that is none of ours', { to: 'tlh', source: 'a', target: 'b' }, 'errors:language'],
    ['a term longer than a term', { source: 'x'.repeat(101), target: 'b' }, 'errors:tooLong'],
    ['a NUL', { source: 'a\u0000b', target: 'b' }, 'errors:badCharacters'],
  ] as const)('%s is refused', async (_name, fields, key) => {
    const answer = await add(ada, fields);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(onPage('en', key, { max: 100 }));
    expect(await stored()).toEqual([]);
  });
});

describe('the list', () => {
  test('shows what was asked for, in every language of the pages', async () => {
    await add(ada, { source: 'sink', target: 'sumidero' });
    await add(ada, { space: 'climate', to: 'pt', source: 'sink', target: 'sumidouro' });
    await add(ada, { space: 'health', source: 'ward', target: 'planta' });
    const shown = async (query: string) =>
      ['sumidero', 'sumidouro', 'planta'].map((word) => page(query).then(({ text }) => text.includes(word)));
    const page = (query: string) => ada.get(`/ar/glossary${query}`);
    const asked = ['', '?space=platform', '?space=climate', '?from=en&to=es', '?from=fr', '?space=nowhere'];
    const found = await Promise.all(asked.map(async (query) => Promise.all(await shown(query))));
    expect(found).toEqual([
      [true, true, true],
      [true, false, false],
      [false, true, false],
      [true, false, true],
      [false, false, false],
      [true, true, true],
    ]);
    expect((await page('?from=fr')).text).toContain(onPage('ar', 'glossary:emptyFiltered'));
  });

  test('a term is removed after a question', async () => {
    await add(ada, { source: '<b>sink</b>', target: 'sumidero' });
    const [path = ''] = /\/en\/glossary\/[0-9a-f-]{36}\/remove/.exec((await ada.get('/en/glossary')).text) ?? [];
    const question = await ada.get(path);
    expect(question.text).toContain('&lt;b&gt;sink&lt;/b&gt;');
    expect(faultsIn(question.text)).toEqual([]);
    expect(await stored()).toHaveLength(1);
    const removed = await ada.submit(path, {});
    expect((await ada.get(removed.location ?? '')).text).toContain(onPage('en', 'glossary:removed'));
    expect(await stored()).toEqual([]);
    expect((await ada.submit(path, {})).status).toBe(404);
  });
});

test('a theme’s term beats the platform’s for the same word, and stays in its theme', async () => {
  await add(ada, { lines: 'Sink = fregadero\nward = barrio' });
  await add(ada, { space: 'climate', source: 'sink', target: 'sumidero' });
  await add(ada, { space: 'health', source: 'ward', target: 'planta' });
  const glossary = await readGlossary(polyphony.em(), { spaceIds: [climate] });
  const terms = (space: string | null) =>
    glossary(space)('en', 'es')
      .map(({ source, target }) => `${source}=${target}`)
      .toSorted();
  expect(terms(climate)).toEqual(['sink=sumidero', 'ward=barrio']);
  expect(terms(null)).toEqual(['Sink=fregadero', 'ward=barrio']);
  // Only what was asked for has been read.
  expect(terms(health)).toEqual(['Sink=fregadero', 'ward=barrio']);
  expect(glossary(climate)('es', 'en')).toEqual([]);
});
