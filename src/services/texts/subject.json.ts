import { z } from 'zod';

import type { ShownText, ShownTranslation } from './texts.reads.ts';

// What every subject looks like in the API. Features extend it; `counts` has only keys that exist.

const textJson = z.object({
  id: z.string(),
  language: z.string(),
  confidence: z.number().nullable(),
  decidedBy: z.enum(['detector', 'author', 'moderator', 'import', 'remote', 'pending']),
  title: z.string().nullable(),
  body: z.string(),
});

export const authorJson = z.object({ handle: z.string(), name: z.string() });

export const translationJson = z.object({
  language: z.string(),
  state: z.enum(['ready', 'queued', 'failed', 'suspended', 'available', 'unsupported']),
  origin: z.enum(['machine', 'human', 'reviewed', 'import', 'remote']).nullable(),
  title: z.string().nullable(),
  body: z.string().nullable(),
  engine: z.string().nullable(),
  via: z.string().nullable(),
  /** Set when the words are in a variant of the language asked for, as 'pt-BR' for 'pt'. */
  variant: z.string().nullable(),
  outdated: z.boolean(),
  /** Why it waits or came to nothing. */
  failure: z.string().nullable(),
  /** Who translated: null for machines. */
  author: authorJson.nullable(),
});

export const subjectJson = z.object({
  id: z.string(),
  kind: z.string(),
  uri: z.string(),
  url: z.string(),
  space: z.string().nullable(),
  author: authorJson.nullable(),
  state: z.enum(['open', 'hidden', 'withdrawn']),
  createdAt: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
  version: z.int(),
  counts: z.record(z.string(), z.int()),
  text: textJson,
  translation: translationJson.nullable(),
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
  return { language, state, origin, title, body, engine, via, variant, outdated, failure, author };
}

/** Addresses of a subject: `uri` is its name for ever, `url` where people read it in this language. */
export function addresses(
  publicUrl: string,
  { id, path, lang }: { id: string; path: string; lang: string },
  interfaceLanguages: readonly string[],
) {
  return { uri: `${publicUrl}/o/${id}`, url: `${publicUrl}/${interfaceLanguages.includes(lang) ? lang : 'en'}${path}` };
}
