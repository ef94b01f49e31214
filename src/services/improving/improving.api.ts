import { z } from 'zod';

import type { House } from '../house/house.ts';
import { callerOf, endpoint, type Call, type Endpoint } from '../../platform/api/api.ts';
import { idOf, matchedVersion } from '../../platform/api/requests.ts';
import { HttpError } from '../../platform/http/errors.ts';
import { authorFields, authorJson, translationFields, translationJson } from '../texts/subject.json.ts';
import { NOTHING } from '../texts/texts.reads.ts';
import { improve } from './improving.ts';
import { translationActs } from './improving.policy.ts';
import { findTranslatable, listRevisions } from './improving.reads.ts';
import { readText } from '../texts/wishes.ts';

const ifMatch = {
  name: 'If-Match',
  description: 'The number of the last revision, as "3": needed where people have translated already',
};

/** The limits are those of the kind, and told when they are passed. */
const wordsInput = z
  .object({
    title: z.string().nullish().meta({ description: 'Where the original has one' }),
    body: z.string().meta({ description: 'Markdown without HTML' }),
  })
  .meta({ id: 'TranslationInput', description: 'The words of a translation' });

const revisionJson = z
  .object({
    number: z.int().meta({ description: 'From 1 on; `If-Match` asks for the last one' }),
    act: z.enum(['improved', 'rolled-back', 'removed']).meta({ description: 'What was done' }),
    author: authorJson.nullable().meta({ description: 'Who did it; null for people who are gone' }),
    writtenAt: z.iso.datetime().meta({ description: 'When' }),
    version: z.int().meta({ description: 'The version of the original it was made from' }),
    title: z.string().nullable().meta({ description: 'As it was then' }),
    body: z.string().nullable().meta({ description: 'As it was then; null when it was removed' }),
  })
  .meta({ id: 'Revision', description: 'What somebody did to a translation' });

/** Translations that people write, and what became of them. */
export function improvingApi({ languages, kinds }: House): Endpoint[] {
  return [
    endpoint({
      method: 'put',
      path: '/texts/{id}/translations/{language}',
      summary: 'Translate a text yourself: no machine overwrites it',
      body: wordsInput,
      headers: [ifMatch],
      answers: { 200: translationJson },
      errors: [401, 403, 404, 409, 410, 412, 428],
      handle: async (call) => {
        const place = { ...placeOf(call), base: call.ctx.get('If-Match') ? matchedVersion(call) : null };
        const revision = await improve(call.em, { languages, kinds, person: callerOf(call) }, place, call.body).catch(
          asPrecondition,
        );
        const text = await readText(call.em, languages, place.textId, {
          person: call.person,
          language: place.language,
        });
        const translation = text.translation ?? { ...NOTHING, language: place.language, state: 'unsupported' as const };
        return { status: 200, body: translationFields(translation), headers: { ETag: `"${revision}"` } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/texts/{id}/translations/{language}/revisions',
      summary: 'What people did to a translation, the last first',
      answers: { 200: z.object({ items: z.array(revisionJson) }) },
      errors: [403, 404, 410],
      handle: async (call) => {
        const found = await findTranslatable(
          call.em,
          { kinds, languages, person: call.person },
          { ...placeOf(call), act: translationActs.readRevisions },
        );
        const revisions = await listRevisions(call.em, found);
        const items = revisions.map(({ author, writtenAt, ...each }) => ({
          ...each,
          author: authorFields(author),
          writtenAt: writtenAt.toISOString(),
        }));
        return { status: 200, body: { items }, headers: { ETag: `"${found.revision}"` } };
      },
    }),
  ];
}

const placeOf = (call: Call) => ({ textId: idOf(call), language: call.params['language'] ?? '' });

/** A form's conflict is a failed precondition here, where the caller named the revision. */
function asPrecondition(error: unknown): never {
  if (error instanceof HttpError && error.key === 'errors:improvedMeanwhile')
    throw new HttpError(412, error.key, { details: error.details });
  throw error;
}
