import { readFileSync } from 'node:fs';

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createThemes } from '../src/kinds/spaces/spaces.ts';
import { rows } from '../src/platform/db/database.ts';
import { html } from '../src/platform/html.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { interfaceLanguages } from './support/words.ts';

let polyphony: TestPlatform;
beforeAll(async () => void (polyphony = await startPolyphony()));
afterAll(() => polyphony.stop());

const titleIn = (language: string): string => {
  const file = readFileSync(new URL(`../locales/${language}/themes.json`, import.meta.url), 'utf8');
  return html`${JSON.parse(file).climate.title}`.value;
};
const themes = async (language: string) => (await polyphony.visitor().get(`/${language}/spaces?fresh`)).text;

describe('the themes', () => {
  test.each(interfaceLanguages)('are named by people in %s', async (language) => {
    expect(await themes(language)).toContain(titleIn(language));
  });

  test('get the words of a language that came later, when a platform is set up again; what people wrote stays', async () => {
    const slug = sql`select text.id from text join space on space.subject_id = text.subject_id where slug = 'climate'`;
    await rows(polyphony.em(), sql`delete from translation where language = 'fi' and text_id in (${slug})`);
    await rows(
      polyphony.em(),
      sql`update translation set title = 'Ilmastomme' where language = 'sv' and text_id in (${slug})`,
    );
    expect(await createThemes(polyphony.em(), interfaceLanguages)).toBe(0);
    const kept = await rows<{ language: string; title: string }>(
      polyphony.em(),
      sql`select language, title from translation where language in ('fi', 'sv') and text_id in (${slug}) order by language`,
    );
    expect(kept.map(({ title }) => html`${title}`.value)).toEqual([titleIn('fi'), 'Ilmastomme']);
  });
});
