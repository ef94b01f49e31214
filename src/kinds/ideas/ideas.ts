import { z } from 'zod';

import type { Editing, Posting } from '../../services/contributions/contribution.ts';
import type { Em } from '../../platform/db/database.ts';
import { tables } from '../../platform/db/tables.ts';
import { optionalText, writtenText } from '../../platform/input.ts';
import type { Person } from '../../platform/person.ts';
import type { Kind } from '../../services/house/kinds.ts';
import { admit } from '../../services/subjects/gate.ts';
import { publishSubject } from '../../services/subjects/subjects.ts';
import { contribute, revise } from '../../services/texts/contributions.ts';
import { prepareText, storeText } from '../../services/texts/texts.ts';
import type { Languages } from '../../platform/languages.ts';
import { Idea } from './idea.entity.ts';
import { ideaActs } from './ideas.policy.ts';

export const TITLE_CHARACTERS = 150;
export const BODY_CHARACTERS = 5_000;
export const PLACE_CHARACTERS = 80;

export const ideaKind = {
  kind: 'idea',
  noun: 'site:noun.idea',
  path: ({ id }) => `/ideas/${id}`,
  hideable: true,
  isSought: true,
  limits: { title: TITLE_CHARACTERS, body: BODY_CHARACTERS },
  invites: ['endorsement', 'discussion', 'comment', 'alignment'],
} as const satisfies Kind;

/** What a person gives for an idea: the same for the form, the API and the description of the API. */
export const ideaInput = z
  .object({
    title: writtenText({ max: TITLE_CHARACTERS, required: 'titleRequired' }).meta({ description: 'The idea in short' }),
    body: writtenText({ max: BODY_CHARACTERS, required: 'bodyRequired', multiline: true }).meta({
      description: 'Markdown without HTML',
    }),
    place: optionalText(PLACE_CHARACTERS).meta({ description: 'Where it matters: a town or a region' }),
    language: z
      .string({ error: 'language' })
      .max(10, { error: 'language' })
      .nullish()
      .meta({ description: 'What the author says it is written in; otherwise it is detected' }),
  })
  .meta({ id: 'IdeaInput' });

export type IdeaInput = z.output<typeof ideaInput>;

/** What of it stands in the idea's own table: everything but the text. */
function detailsOf({ title: _title, body: _body, language: _language, ...details }: IdeaInput) {
  return details;
}

/** Publishes an idea. Returns its id; for a repeated key that of the first. Throws 409 when the key came with other words, 429 over the limits. */
export async function postIdea(
  em: Em,
  languages: Languages,
  person: Person,
  { space, input, interfaceLanguage, key }: Posting<IdeaInput>,
): Promise<string> {
  await admit(em, person, { act: ideaActs.post, space });
  const contribution = { written: { ...input, interfaceLanguage }, body: [space.id, input], key };
  return contribute(em, { languages, person }, contribution, async (inner, text) => {
    const id = await publishSubject(
      inner,
      { kind: 'idea', spaceId: space.id, authorId: person.id, textId: text.id },
      text.language,
    );
    await storeIdea(inner, id, detailsOf(input));
    return id;
  });
}

export interface ImportedIdea {
  spaceId: string;
  authorId: string | null;
  title: string;
  body: string;
  language: string;
  publishedAt: Date;
  /** Where it comes from; null for the demo's own. */
  source: string | null;
}

/** Stores an idea that was written elsewhere or earlier, in the transaction of `em`. Returns its id and that of its text. */
export async function importIdea(
  em: Em,
  languages: Languages,
  idea: ImportedIdea,
): Promise<{ id: string; textId: string }> {
  const { spaceId, authorId, title, body, language, publishedAt, source } = idea;
  const text = {
    ...prepareText(languages, { title, body, language, interfaceLanguage: language }),
    decidedBy: 'import' as const,
  };
  const id = await publishSubject(
    em,
    { kind: 'idea', spaceId, authorId, textId: text.id, publishedAt, source },
    language,
  );
  await storeIdea(em, id, { place: null });
  await storeText(em, languages, { subjectId: id, version: 1, text });
  return { id, textId: text.id };
}

/** Stores new words as the next version. Throws 412 when the author did not see the last one. */
export async function editIdea(
  em: Em,
  languages: Languages,
  person: Person,
  { id, version, input, interfaceLanguage }: Editing<IdeaInput>,
): Promise<void> {
  const written = { ...input, interfaceLanguage };
  await revise(em, { languages, person }, { id, version, written, act: ideaActs.edit }, async (inner) => {
    await storeIdea(inner, id, detailsOf(input));
  });
}

export async function storeIdea(em: Em, subjectId: string, details: { place: string | null }): Promise<void> {
  const idea = tables(em, Idea)
    .insertInto('idea')
    .values({ subjectId, ...details });
  await idea.onConflict((known) => known.column('subjectId').doUpdateSet(details)).execute();
}
