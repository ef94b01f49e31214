import { randomUUIDv7 } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { Em } from '../../platform/db/database.ts';
import { tables } from '../../platform/db/tables.ts';
import { transaction } from '../../platform/db/guard.ts';
import { publishSubject } from '../../services/subjects/subjects.ts';
import type { Kind } from '../../services/house/kinds.ts';
import { Text } from '../../services/texts/text.entity.ts';
import { Translation } from '../../services/texts/translation.entity.ts';
import { Space } from './space.entity.ts';

export const spaceKind: Kind = {
  kind: 'space',
  noun: 'contributions:theme',
  path: ({ id }) => `/spaces/${id}`,
  hideable: false,
  invites: ['idea'],
};

/** The nine themes of the Conference on the Future of Europe, and "other ideas", in the order they are shown. */
const THEMES = [
  'climate',
  'health',
  'economy',
  'world',
  'values',
  'digital',
  'democracy',
  'migration',
  'education',
  'other',
];

type Words = Record<string, { title: string; description: string }>;

/** Creates the themes that are not there yet, with people's words in every interface language. Safe to repeat. */
export async function createThemes(em: Em, interfaceLanguages: readonly string[]): Promise<number> {
  const words = new Map<string, Words>();
  for (const language of interfaceLanguages)
    words.set(
      language,
      JSON.parse(await readFile(new URL(`../../../locales/${language}/themes.json`, import.meta.url), 'utf8')),
    );
  let created = 0;
  for (const [position, slug] of THEMES.entries()) {
    const known = await tables(em, Space)
      .selectFrom('space')
      .select('slug')
      .where('slug', '=', slug)
      .executeTakeFirst();
    if (known) continue;
    await transaction(em, (inner) => createSpace(inner, slug, position, words));
    created++;
  }
  return created;
}

async function createSpace(em: Em, slug: string, position: number, words: ReadonlyMap<string, Words>): Promise<void> {
  const textId = randomUUIDv7();
  const now = new Date();
  const id = await publishSubject(em, { kind: 'space', spaceId: null, authorId: null, textId }, 'en');
  const english = words.get('en')?.[slug];
  if (!english) throw new Error(`locales/en/themes.json has no ${slug}`);
  await tables(em, Text)
    .insertInto('text')
    .values({
      id: textId,
      subjectId: id,
      version: 1,
      title: english.title,
      body: english.description,
      language: 'en',
      decidedBy: 'import',
      writtenAt: now,
    })
    .execute();
  await tables(em, Space).insertInto('space').values({ subjectId: id, slug, position }).execute();
  const translations = [...words].flatMap(([language, themes]) => {
    const theme = themes[slug];
    return language === 'en' || !theme ? [] : [{ language, title: theme.title, body: theme.description }];
  });
  for (const translation of translations)
    await tables(em, Translation)
      .insertInto('translation')
      .values({
        ...translation,
        textId,
        human: true,
        state: 'ready',
        origin: 'human',
        sourceLanguage: 'en',
        wishedAt: now,
        readyAt: now,
      })
      .execute();
}
