import { randomUUIDv7 } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { Em } from '../../platform/db/database.ts';
import { tables } from '../../platform/db/tables.ts';
import { transaction } from '../../platform/db/guard.ts';
import { publishSubject } from '../../services/subjects/subjects.ts';
import type { Kind } from '../../services/house/kinds.ts';
import { reserveHandle } from '../../services/people/handles.ts';
import { Text } from '../../services/texts/text.entity.ts';
import { Translation } from '../../services/texts/translation.entity.ts';
import { Space } from './space.entity.ts';

export const spaceKind: Kind = {
  kind: 'space',
  noun: 'contributions:theme',
  path: ({ id }) => `/spaces/${id}`,
  hideable: false,
  invites: ['idea', 'following'],
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

/** Creates the themes that are not there yet, and gives all themes people's words in the interface languages that lack them. Safe to repeat. Returns how many themes are new. */
export async function createThemes(em: Em, interfaceLanguages: readonly string[]): Promise<number> {
  const words = new Map<string, Words>();
  for (const language of interfaceLanguages)
    words.set(
      language,
      JSON.parse(await readFile(new URL(`../../../locales/${language}/themes.json`, import.meta.url), 'utf8')),
    );
  let created = 0;
  for (const [position, slug] of THEMES.entries()) {
    const known = await tables(em, Space, Text)
      .selectFrom('space')
      .innerJoin('text', 'text.subjectId', 'space.subjectId')
      .select(['text.id', 'text.decidedBy'])
      .where('slug', '=', slug)
      .orderBy('text.version', 'desc')
      .executeTakeFirst();
    if (!known) created++;
    // What somebody wrote in place of our words is not what these translations say.
    if (known && known.decidedBy !== 'import') continue;
    await transaction(em, async (inner) =>
      addWords(inner, known?.id ?? (await createSpace(inner, slug, position, words)), ofTheme(slug, words)),
    );
  }
  return created;
}

/** Returns the id of its text. */
async function createSpace(em: Em, slug: string, position: number, words: ReadonlyMap<string, Words>): Promise<string> {
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
  await reserveHandle(em, slug);
  return textId;
}

const ofTheme = (slug: string, words: ReadonlyMap<string, Words>) =>
  [...words].flatMap(([language, themes]) => {
    const theme = themes[slug];
    return language === 'en' || !theme ? [] : [{ language, title: theme.title, body: theme.description }];
  });

/** What people have translated already stays. */
async function addWords(em: Em, textId: string, words: ReturnType<typeof ofTheme>): Promise<void> {
  const now = new Date();
  const made = { textId, human: true, state: 'ready', origin: 'human', sourceLanguage: 'en' } as const;
  await tables(em, Translation)
    .insertInto('translation')
    .values(words.map((translation) => ({ ...made, ...translation, wishedAt: now, readyAt: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
