import { z } from 'zod';

import type { House } from '../house/house.ts';
import { endpoint, type Endpoint } from '../../platform/api/api.ts';
import { HttpError, InvalidInput } from '../../platform/http/errors.ts';
import { disguise, spend } from '../../platform/http/rate.ts';
import { writtenText } from '../../platform/input.ts';
import { translationFields, translationJson } from './subject.json.ts';
import { detect } from './texts.ts';
import { NOTHING, type ShownText } from './texts.reads.ts';
import { readText, wishFor } from './wishes.ts';

const DETECT_CHARACTERS = 10_000;
/** A page asks once a pause while somebody writes. */
const DETECTIONS_A_MINUTE = 120;

const detectInput = z
  .object({
    title: z.string().max(1_000).nullish().meta({ description: 'Read together with the body' }),
    body: writtenText({ max: DETECT_CHARACTERS, required: 'bodyRequired', multiline: true }).meta({
      description: 'What somebody wrote',
    }),
    interfaceLanguage: z
      .string()
      .max(10)
      .optional()
      .meta({ description: 'The language of the page it was written on: it decides where a text is too short' }),
  })
  .meta({ id: 'DetectionInput' });

const languageTag = z.string().meta({ description: 'Language tag, as `pt`' });
const likelihood = z.number().meta({ description: 'From 0 to 1' });

const detectJson = z
  .object({
    language: languageTag.nullable().meta({ description: 'Null when nothing can be said' }),
    confidence: likelihood,
    sure: z.boolean().meta({ description: 'Sure enough to ask nobody' }),
    undetermined: z.boolean().meta({ description: 'The text is in none of the languages of this platform' }),
    alternatives: z
      .array(z.object({ language: languageTag, confidence: likelihood }))
      .meta({ description: 'What else it may be, the likeliest first' }),
    ask: z.array(languageTag).meta({
      description: 'The two languages to offer the author where nobody is sure, the likelier first; else empty',
    }),
    alsoFor: z.array(languageTag).meta({
      description: 'Languages that share the label `language` here: `bs` and `sr` where only `hr` is enabled',
    }),
  })
  .meta({ id: 'Detection', description: 'Which language a text is in' });

/** Translations of texts, wishes for them, and the detector. */
export function textsApi({ settings, languages }: House): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/texts/{id}/translations/{language}',
      summary: 'A translation as it stands now',
      answers: { 200: translationJson },
      errors: [404, 410],
      handle: async ({ em, person, params }) => {
        const language = languageOf(params['language']);
        return {
          status: 200,
          body: translationOf(await readText(em, languages, params['id'] ?? '', { person, language }), language),
        };
      },
    }),
    endpoint({
      method: 'post',
      path: '/texts/{id}/translations/{language}',
      summary: 'Wish for a translation: it goes to the front of the queue',
      answers: { 200: translationJson, 202: translationJson },
      errors: [404, 410],
      handle: async ({ ctx, em, person, params }) => {
        const language = languageOf(params['language']);
        const id = params['id'] ?? '';
        await wishFor(em, languages, id, {
          language,
          person,
          address: disguise(ctx.ip, settings.secret),
        });
        const translation = translationOf(await readText(em, languages, id, { person, language }), language);
        return {
          status: translation.state === 'queued' || translation.state === 'failed' ? 202 : 200,
          body: translation,
        };
      },
    }),
    endpoint({
      method: 'post',
      path: '/texts/detect',
      summary: 'Which language a text is in',
      body: detectInput,
      answers: { 200: detectJson },
      errors: [503],
      handle: async ({ ctx, em, person, body: { title = null, body, interfaceLanguage } }) => {
        const who = person ? person.id : disguise(ctx.ip, settings.secret);
        if (!person?.unlimited) await spend(em, [{ bucket: `detect:${who}`, max: DETECTIONS_A_MINUTE, seconds: 60 }]);
        const detection = detect(languages, { title, body, interfaceLanguage: interfaceLanguage ?? '' });
        if (!detection) throw new HttpError(503, 'errors:unavailable', { headers: { 'Retry-After': '2' } });
        const { script: _script, ...answer } = detection;
        return { status: 200, body: answer };
      },
    }),
  ];

  function languageOf(value: string | undefined): string {
    if (!value || !languages.all.includes(value))
      throw new InvalidInput([{ field: 'language', key: 'errors:language', params: {} }]);
    return value;
  }
}

/** In the language it was written in, a text has no translation. */
function translationOf(text: ShownText, language: string) {
  return translationFields(text.translation ?? { ...NOTHING, language, state: 'unsupported' });
}
