import { createHash } from 'node:crypto';

import { z } from 'zod';

import type { Answer, Call } from '../../platform/api/api.ts';
import type { Kind } from '../house/kinds.ts';
import type { House } from '../house/house.ts';
import { addresses, authorFields, subjectJson, textFields } from '../texts/subject.json.ts';
import type { Contribution, ContributionKind } from './contribution.ts';

/** How the API shows a kind of contribution: `schema` describes what `show` gives, what other features add among it. */
export function jsonOf<Shown extends Contribution, Input extends object>(
  { settings, words, kinds }: House,
  { kind, json }: ContributionKind<Shown, Input>,
) {
  const schema = subjectJson
    .extend(json.schema.shape)
    .extend(kinds.fieldSchemas(kind.kind))
    .meta({ id: nameOf(kind) });

  function showOne(shown: Shown, lang: string): object {
    const { id, rootId, spaceSlug: space, author, state, publishedAt, editedAt, counts } = shown;
    const addressed = addresses(settings.publicUrl, { id, path: kind.path({ id, rootId }), lang }, words.languages);
    return {
      ...{ id, kind: kind.kind, ...addressed, space, state, counts },
      author: authorFields(author),
      createdAt: publishedAt.toISOString(),
      editedAt: editedAt?.toISOString() ?? null,
      ...json.show(shown, addressed.url),
      ...textFields(shown.text),
      version: shown.revision,
    };
  }

  async function show(call: Call, all: readonly Shown[]): Promise<object[]> {
    const fields = await kinds.readFields(kind.kind, call, all);
    return all.map((shown, index) => ({ ...showOne(shown, call.lang), ...fields[index] }));
  }

  /** One of them. Its tag begins with the revision, so that it serves If-Match, and changes with every word of the answer. */
  async function answer(call: Call, shown: Shown, status = 200): Promise<Answer> {
    const [body] = await show(call, [shown]);
    const hash = createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 16);
    const location = status === 201 ? { Location: `${settings.publicUrl}/o/${shown.id}` } : {};
    return { status, body, headers: { ETag: `"${shown.revision}.${hash}"`, ...location } };
  }

  return { schema, show, answer };
}

/** A kind in the description of the API: `Idea`. */
export const nameOf = ({ kind }: Kind): string => kind.charAt(0).toUpperCase() + kind.slice(1);

export const versionJson = z
  .object({
    id: z.string().meta({ description: 'Of its text' }),
    version: z.int().meta({ description: 'From 1 on' }),
    title: z.string().nullable().meta({ description: 'As it was then' }),
    body: z.string().nullable().meta({ description: 'As it was then; null when it was erased' }),
    language: z.string().meta({ description: 'What it was written in' }),
    writtenAt: z.iso.datetime().meta({ description: 'When' }),
  })
  .meta({ id: 'Version', description: 'The words of a contribution, as they were at a time' });
