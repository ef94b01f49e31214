import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';

import { rows, type Em } from '../../platform/db/database.ts';
import { isId, isPublic } from '../subjects/subjects.ts';

// Translations and memory as lines of JSON, to be taken from one platform to another: paid work is never lost.

/** Rows of one query: the export of a large platform never lies in memory as a whole. */
const A_QUERY = 500;
/** A paragraph that more texts share is named with these; it goes when they do, sooner than it must. */
const USES = 99;
const TITLE_CHARACTERS = 2_000;
const BODY_CHARACTERS = 200_000;
const NAME_CHARACTERS = 100;

/** PostgreSQL stores neither NUL nor half characters. */
const words = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'), 'has characters that cannot be stored');
const id = z.string().refine(isId, 'is no id');
const name = words(NAME_CHARACTERS).nullable();
const language = z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'is no language');
const moment = z.iso.datetime();

/** Which words something belongs to: it is attached to the very same ones only. `hash` is SHA-256 of title and body in base64url. */
const original = { subject: id, version: z.number().int().positive(), hash: words(NAME_CHARACTERS) };

/** A translation that is ready, made by an engine or by a person. */
const translationLine = z.object({
  type: z.literal('translation'),
  ...original,
  source: language,
  language,
  human: z.boolean(),
  origin: z.enum(['machine', 'human', 'reviewed', 'import', 'remote']),
  title: words(TITLE_CHARACTERS).nullable(),
  body: words(BODY_CHARACTERS),
  engine: name,
  via: language.nullable(),
  variant: language.nullable(),
  outdated: z.boolean(),
  missedTerms: z.array(words(TITLE_CHARACTERS)).nullable(),
  /** The handle of who wrote it last. */
  author: name,
  wishedAt: moment,
  readyAt: moment,
});

/** What a human translation was before, or that it was rolled back or removed. */
const revisionLine = z.object({
  type: z.literal('revision'),
  ...original,
  language,
  number: z.number().int().positive(),
  act: z.enum(['improved', 'rolled-back', 'removed']),
  title: words(TITLE_CHARACTERS).nullable(),
  body: words(BODY_CHARACTERS).nullable(),
  author: name,
  writtenAt: moment,
});

/** One paragraph an engine has translated, with the texts it stands in: it stays as long as they do. */
const memoryLine = z.object({
  type: z.literal('memory'),
  key: z.string().regex(/^[0-9a-f]{64}$/, 'is no key'),
  source: language,
  target: language,
  engine: words(NAME_CHARACTERS),
  text: words(BODY_CHARACTERS),
  createdAt: moment,
  texts: z.array(z.object(original)).min(1).max(USES),
});

/** A line of an archive. */
export const archiveLine = z.discriminatedUnion('type', [translationLine, revisionLine, memoryLine]);
export type ArchiveLine = z.output<typeof archiveLine>;
export type TranslationLine = z.output<typeof translationLine>;
export type RevisionLine = z.output<typeof revisionLine>;
export type MemoryLine = z.output<typeof memoryLine>;

/** Of the text `t`. People's words have their hash; words of the platform itself, such as the names of its spaces, get theirs here. */
export const textHash: RawBuilder<string> = sql`coalesce(t.hash, rtrim(translate(encode(sha256(convert_to(coalesce(t.title, '') || chr(10) || t.body, 'UTF8')), 'base64'), '+/', '-_'), '='))`;

/** Everything that may leave the platform, in one order: nothing of what was erased, hidden or withdrawn, or is not for everybody. */
export async function* exportTranslations(em: Em): AsyncGenerator<ArchiveLine> {
  yield* inPages<TranslationLine>(em, translationsAfter);
  yield* inPages<RevisionLine>(em, revisionsAfter);
  yield* inPages<MemoryLine>(em, memoryAfter);
}

/**
 * A line with its place in the order, to go on behind it; null for what stays here. Rows are taken first and looked at then: a limit on
 * what is left of them would have the whole table read for each page.
 */
type Placed<Line> = { line: Line | null; place: string[] };

async function* inPages<Line>(
  em: Em,
  after: (place: readonly string[] | null) => RawBuilder<Placed<Line>>,
): AsyncGenerator<Line> {
  let place: readonly string[] | null = null;
  for (;;) {
    const found: Placed<Line>[] = await rows(em, after(place));
    for (const { line } of found) if (line) yield line;
    place = found.at(-1)?.place ?? null;
    if (found.length < A_QUERY || !place) return;
  }
}

/** Times as JSON has them everywhere. */
const utc = (column: string): RawBuilder<unknown> =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const ORIGINAL = sql`'subject', t.subject_id, 'version', t.version, 'hash', ${textHash}`;
const IS_OPEN = sql`t.body is not null and t.erased_at is null and ${isPublic}`;

function translationsAfter(place: readonly string[] | null): RawBuilder<Placed<TranslationLine>> {
  const [text, code, human] = place ?? [];
  const after = place ? sql`(r.text_id, r.language, r.human) > (${text}::uuid, ${code}, ${human}::boolean)` : sql`true`;
  return sql`select array[r.text_id::text, r.language, r.human::text] as place, case when ${IS_OPEN} then json_build_object('type', 'translation', ${ORIGINAL},
      'source', r.source_language, 'language', r.language, 'human', r.human, 'origin', r.origin, 'title', r.title, 'body', r.body,
      'engine', r.engine, 'via', r.via, 'variant', r.variant, 'outdated', r.outdated, 'missedTerms', r.missed_terms, 'author', p.handle,
      'wishedAt', ${utc('r.wished_at')}, 'readyAt', ${utc('r.ready_at')}) end as line
    from (select * from translation r where r.state = 'ready' and r.ready_at is not null and r.body is not null and ${after}
      order by r.text_id, r.language, r.human limit ${A_QUERY}) r join text t on t.id = r.text_id join subject s on s.id = t.subject_id left join person p on p.id = r.author_id
    order by r.text_id, r.language, r.human`;
}

function revisionsAfter(place: readonly string[] | null): RawBuilder<Placed<RevisionLine>> {
  const [subject, code, number] = place ?? [];
  const after = place
    ? sql`(v.subject_id, v.language, v.number) > (${subject}::uuid, ${code}, ${number}::int)`
    : sql`true`;
  return sql`select array[v.subject_id::text, v.language, v.number::text] as place, case when ${IS_OPEN} then json_build_object('type', 'revision', ${ORIGINAL},
      'language', v.language, 'number', v.number, 'act', v.act, 'title', v.title, 'body', v.body, 'author', p.handle,
      'writtenAt', ${utc('v.written_at')}) end as line
    from (select * from translation_revision v where ${after} order by v.subject_id, v.language, v.number limit ${A_QUERY}) v join text t on t.id = v.text_id join subject s on s.id = t.subject_id left join person p on p.id = v.author_id
    order by v.subject_id, v.language, v.number`;
}

function memoryAfter(place: readonly string[] | null): RawBuilder<Placed<MemoryLine>> {
  const after = place ? sql`m.key > ${place[0]}` : sql`true`;
  return sql`select array[m.key] as place, case when used.texts is not null then json_build_object('type', 'memory', 'key', m.key, 'source', m.source_language, 'target', m.target_language,
      'engine', m.engine, 'text', m.text, 'createdAt', ${utc('m.created_at')}, 'texts', used.texts) end as line
    from (select * from memory m where ${after} order by m.key limit ${A_QUERY}) m cross join lateral (
      select json_agg(json_build_object(${ORIGINAL})) as texts from (
        select t.* from memory_use u join text t on t.id = u.text_id join subject s on s.id = t.subject_id
        where u.memory_key = m.key and ${IS_OPEN} order by t.id limit ${USES}) t) used
    order by m.key`;
}
