import { randomUUIDv7 } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { sql } from 'kysely';

import type { Em } from '../../platform/db/database.ts';
import { row } from '../../platform/db/database.ts';
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
    if (await row(em, sql`select 1 from space where slug = ${slug}`)) continue;
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
  const text = {
    id: textId,
    subjectId: id,
    version: 1,
    title: english.title,
    body: english.description,
    language: 'en',
    decidedBy: 'import',
  };
  await em.insert(Text, {
    ...text,
    detectedLanguage: null,
    detectedConfidence: null,
    hash: null,
    writtenAt: now,
    erasedAt: null,
  });
  await em.insert(Space, { subjectId: id, slug, position });
  for (const [language, themes] of words) {
    const theme = themes[slug];
    if (language === 'en' || !theme) continue;
    await em.insert(Translation, {
      textId,
      language,
      human: true,
      title: theme.title,
      body: theme.description,
      state: 'ready',
      origin: 'human',
      engine: null,
      via: null,
      sourceLanguage: 'en',
      outdated: false,
      priority: 0,
      tries: 0,
      failure: null,
      leaseUntil: null,
      wishedAt: now,
      readyAt: now,
    });
  }
}
