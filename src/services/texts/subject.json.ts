import { z } from 'zod';

import { OFFICES, type Named } from '../people/author.ts';
import type { ShownText, ShownTranslation } from './texts.reads.ts';

// What every subject looks like in the API. Features extend it; `counts` has only keys that exist.

const textJson = z
  .object({
    id: z.string().meta({ description: 'Of the text: a new one with every version' }),
    language: z.string().meta({ description: 'What it is written in; `und` for none of the languages here' }),
    confidence: z.number().nullable().meta({ description: 'How sure the detector is, from 0 to 1' }),
    decidedBy: z
      .enum(['detector', 'author', 'moderator', 'import', 'remote', 'pending'])
      .meta({ description: 'Who says that it is this language' }),
    title: z.string().nullable().meta({ description: 'As it was written' }),
    body: z.string().meta({ description: 'As it was written: Markdown without HTML' }),
  })
  .meta({ id: 'Text', description: 'The original' });

export const authorJson = z
  .object({
    handle: z.string().meta({ description: 'The name in the address of their page' }),
    name: z.string().meta({ description: 'As they call themselves' }),
    office: z
      .enum(OFFICES)
      .nullable()
      .meta({ description: 'For whom they speak: null for everybody without such a role' }),
  })
  .meta({ id: 'Author', description: 'A person' });

/** Somebody as the API names them. */
export const authorFields = (author: Named | null): Named | null =>
  author && { handle: author.handle, name: author.name, office: author.office };

export const translationJson = z
  .object({
    language: z.string().meta({ description: 'The language asked for' }),
    state: z
      .enum(['ready', 'queued', 'failed', 'suspended', 'available', 'unsupported'])
      .meta({ description: '`available`: nobody has asked for it yet; `unsupported`: no engine knows the way' }),
    origin: z
      .enum(['machine', 'human', 'reviewed', 'import', 'remote'])
      .nullable()
      .meta({ description: 'Where the words come from; null while there are none' }),
    title: z.string().nullable().meta({ description: 'Null while there is none' }),
    body: z.string().nullable().meta({ description: 'Null while there is none' }),
    engine: z.string().nullable().meta({ description: 'The machine that translated' }),
    via: z.string().nullable().meta({ description: 'The language it went through' }),
    variant: z
      .string()
      .nullable()
      .meta({ description: "Set when the words are in a variant of the language asked for, as 'pt-BR' for 'pt'" }),
    outdated: z.boolean().meta({ description: 'Made of an earlier version of the text' }),
    failure: z.string().nullable().meta({ description: 'Why it waits or came to nothing' }),
    author: authorJson.nullable().meta({ description: 'Who translated: null for machines' }),
  })
  .meta({ id: 'Translation', description: 'A text in another language' });

export const subjectJson = z.object({
  id: z.string().meta({ description: 'UUID' }),
  kind: z.string().meta({ description: 'What it is: idea, event, comment …' }),
  uri: z.string().meta({ description: 'Its name for ever' }),
  url: z.string().meta({ description: 'Where people read it in the language asked' }),
  space: z.string().nullable().meta({ description: 'Short name of its space' }),
  author: authorJson.nullable().meta({ description: 'Null for people who are gone and for imported content' }),
  state: z.enum(['open', 'hidden', 'withdrawn']).meta({ description: 'Whether everybody may read it' }),
  createdAt: z.iso.datetime().meta({ description: 'When it was published' }),
  editedAt: z.iso.datetime().nullable().meta({ description: 'When its words changed last; null for never' }),
  version: z.int().meta({ description: 'From 1 on, one more with every change by its author; `If-Match` asks for it' }),
  counts: z.record(z.string(), z.int()).meta({ description: 'Only those numbers that this kind has' }),
  text: textJson,
  translation: translationJson.nullable().meta({ description: 'Null when the original is in the language asked' }),
});

/** `text` and `translation` of a subject, as the API shows them. */
export function textFields({ id, language, confidence, decidedBy, title, body, translation, version }: ShownText) {
  return {
    version,
    text: { id, language, confidence, decidedBy, title, body },
    translation: translation && translationFields(translation),
  };
}

/** A translation as the API shows it, without what is for pages only. */
export function translationFields(translation: ShownTranslation) {
  const { language, state, origin, title, body, engine, via, variant, outdated, failure, author } = translation;
  return {
    language,
    state,
    origin,
    title,
    body,
    engine,
    via,
    variant,
    outdated,
    failure,
    author: authorFields(author),
  };
}

/** Addresses of a subject: `uri` is its name for ever, `url` where people read it in this language. */
export function addresses(
  publicUrl: string,
  { id, path, lang }: { id: string; path: string; lang: string },
  interfaceLanguages: readonly string[],
) {
  return { uri: `${publicUrl}/o/${id}`, url: `${publicUrl}/${interfaceLanguages.includes(lang) ? lang : 'en'}${path}` };
}
