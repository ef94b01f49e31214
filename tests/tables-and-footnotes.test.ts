import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { faultsIn } from './support/markup.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';
import { onPage } from './support/words.ts';

// F7: tables and footnotes are shown as such, in the original and in translation.

const TABLE = '| País | Trenes |\n|:-----|-------:|\n| España | 12 |\n| **Francia** | muchos |';
const NOTES = 'Hay trenes[^plan] y camas[^2]. Más trenes[^plan].\n\n[^plan]: Según el plan.\n[^2]: Camas *blandas*.';

let polyphony: TestPlatform;
let ines: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine() });
  ines = await polyphony.person('Inés', { language: 'es' });
});
afterAll(() => polyphony.stop());

async function post(body: string): Promise<string> {
  const idea = await ines.api('POST', '/spaces/climate/ideas', { title: 'Trenes', body, language: 'es' });
  expect(idea.status).toBe(201);
  return idea.body.id;
}

const read = async (id: string, language = 'es') => (await polyphony.visitor().get(`/${language}/ideas/${id}`)).text;

const readTranslated = (id: string) =>
  eventually(async () => {
    const page = await read(id, 'en');
    expect(page).toContain('data-version="translation"');
    return page;
  });

const idsIn = (page: string): string[] => [...page.matchAll(/\bid="([^"]*)"/g)].map(([, id = '']) => id);

describe('a table', () => {
  test('F7: scrolls within itself, also by keyboard, and says which cells are heads', async () => {
    const page = await read(await post(`Antes.\n\n${TABLE}\n\nDespués.`));
    expect(page).toContain('<div class="table" tabindex="0"><table>');
    expect(page).toContain('<th scope="col">País</th>');
    expect(page).toContain('<td class="at-end">muchos</td>');
    expect(page).toContain('<td><strong>Francia</strong></td>');
    expect(faultsIn(page)).toEqual([]);
  });

  test('F7: keeps its structure in translation', async () => {
    const page = await readTranslated(await post(TABLE));
    expect(page).toContain('<th scope="col">en: País</th>');
    expect(page).toContain('<th scope="col" class="at-end">en: Trenes</th>');
    expect(page).toContain('<td class="at-end">12</td>');
    expect(page).toContain('<td>en: <strong>Francia</strong></td>');
  });

  test('F7: a cell with a bar in it leaves the others alone', async () => {
    const page = await readTranslated(await post('| Uno | Dos | Tres |\n|-|-|-|\n| así | a\\|b | fin |'));
    expect(page.match(/<td>en: fin<\/td>/g)).toHaveLength(1);
    expect(page).toContain('<td>a|b</td>');
  });

  test('F7: on cards its words stand apart', async () => {
    await post(TABLE);
    expect((await polyphony.visitor().get('/es/ideas')).text).toContain('>País Trenes España 12 Francia muchos</p>');
  });

  test('F7: few letters make no thousands of cells', async () => {
    const page = await read(await post(`${'|a'.repeat(240)}\n${'|-'.repeat(240)}\n${'x\n'.repeat(1_900)}`));
    expect(page).not.toContain('<table');
    expect(page.length).toBeLessThan(100_000);
  });
});

describe('footnotes', () => {
  test('F7: stand below their text in the order of their numbers, with ways there and back', async () => {
    const page = await read(await post(NOTES));
    const [references, notes] = [/<sup><a href="#([^"]*)" id="([^"]*)"/g, /<li id="([^"]*)"><p>([^<]*)/g].map(
      (each) => [...page.matchAll(each)],
    );
    expect(notes?.map(([, , words]) => words)).toEqual(['Según el plan. ', 'Camas ']);
    const [first, second] = notes?.map(([, id]) => id) ?? [];
    expect(references?.map(([, to]) => to)).toEqual([first, second, first]);
    for (const [, , from = ''] of references ?? []) expect(page).toContain(`<a href="#${from}" role="doc-backlink"`);
    expect(page).toContain(`aria-label="${onPage('es', 'texts:footnoteBack')} 1"`);
    expect(faultsIn(page)).toEqual([]);
  });

  test('F7: no two texts of a page share an id, though they are the same', async () => {
    const id = await post(NOTES);
    for (const alignment of ['for', 'against'])
      await ines.api('POST', `/subjects/${id}/comments`, { body: NOTES, alignment, language: 'es' });
    const page = await eventually(async () => {
      const found = await readTranslated(id);
      expect(found.match(/<section class="footnotes">/g)).toHaveLength(6);
      return found;
    });
    expect(idsIn(page)).toEqual([...new Set(idsIn(page))]);
    const targets = [...page.matchAll(/href="#((?:note|ref)-[^"]*)"/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(30);
    for (const target of targets) expect(idsIn(page)).toContain(target);
  });

  test('F7: keep their marks in translation', async () => {
    const id = await post(NOTES);
    await readTranslated(id);
    const { body } = await (await polyphony.person('Tom')).api('GET', `/ideas/${id}?lang=en`);
    expect(body.translation.body).toBe(
      'en: Hay trenes[^plan] y camas[^2]. Más trenes[^plan].\n\n[^plan]: en: Según el plan.\n[^2]: en: Camas *blandas*.',
    );
  });

  test('F7: a mark without a note stays as it was written, a note without a mark is not lost', async () => {
    const page = await read(await post('Sin nota[^no].\n\n[^sola]: Nadie me llama.\n\nFinal.'));
    expect(page).toContain('<p>Sin nota[^no].</p>');
    expect(page).toMatch(/<li id="[^"]*"><p>Nadie me llama\.<\/p>/);
    expect(page.indexOf('Final.')).toBeLessThan(page.indexOf('Nadie me llama'));
  });
});
