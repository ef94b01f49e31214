import { z } from 'zod';

import type { Platform } from '../../platform/platform.ts';
import { addresses, subjectJson, textFields } from '../../services/texts/subject.json.ts';
import { ideaDetails, type ShownIdea } from './ideas.reads.ts';

/** An idea in the API. */
export const ideaJson = subjectJson.extend({
  /** Where imported content comes from. */
  source: z.string().nullable(),
  ...ideaDetails.shape,
});

export const versionJson = z.object({
  id: z.string(),
  version: z.int(),
  title: z.string().nullable(),
  body: z.string().nullable(),
  language: z.string(),
  writtenAt: z.iso.datetime(),
});

export function showJson(
  idea: ShownIdea,
  lang: string,
  { settings, words }: Pick<Platform, 'settings' | 'words'>,
): z.output<typeof ideaJson> {
  const { id, spaceSlug: space, author, state, publishedAt, editedAt, source } = idea;
  return ideaJson.parse({
    id,
    kind: 'idea',
    ...addresses(settings.publicUrl, { id, path: `/ideas/${id}`, lang }, words.languages),
    space,
    author: author && { handle: author.handle, name: author.name },
    state,
    createdAt: publishedAt.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
    counts: idea.counts,
    source,
    ...idea.details,
    ...textFields(idea.text),
  });
}
