import { sql, type RawBuilder } from 'kysely';

import type { Person } from '../platform/person.ts';
import type { Languages } from './texts.ts';

/** Who reads, and in which language. */
export interface Reader {
  languages: Languages;
  language: string;
  person: Person | null;
}

/** What a query that joins `textJoin` yields for each subject. */
export interface TextRow {
  text: {
    id: string;
    version: number;
    title: string | null;
    body: string | null;
    language: string;
    decidedBy: string;
    confidence: number | null;
    translation: TranslationJson | null;
  };
}

type State = 'ready' | 'queued' | 'failed' | 'suspended';

interface TranslationJson {
  state: State;
  origin: string;
  title: string | null;
  body: string | null;
  engine: string | null;
  via: string | null;
  outdated: boolean;
}

/** `available`: an engine has the pair, but nobody has wished for it yet. `unsupported`: no engine has it today. */
export interface ShownTranslation extends Omit<TranslationJson, 'state' | 'origin'> {
  language: string;
  state: State | 'available' | 'unsupported';
  origin: string | null;
}

export interface ShownText {
  id: string;
  version: number;
  title: string | null;
  body: string;
  language: string;
  decidedBy: string;
  confidence: number | null;
  /** Null when the original is what the reader wants anyway. */
  translation: ShownTranslation | null;
}

/** One column, not eight: the driver spends a fifth of a list on the names of its columns. */
export const textColumn: RawBuilder<TextRow> = sql`json_build_object('id', t.id, 'version', t.version, 'title', t.title, 'body', t.body,
  'language', t.language, 'decidedBy', t.decided_by, 'confidence', t.detected_confidence, 'translation', r.translation) as text`;

/** The current text of the subject `s`, and what there is of it in `language`: people's words before a machine's. */
export function textJoin(language: string): RawBuilder<unknown> {
  return sql`join text t on t.id = s.text_id
    left join lateral (
      select json_build_object('state', m.state, 'origin', m.origin, 'title', m.title, 'body', m.body, 'engine', m.engine, 'via', m.via, 'outdated', m.outdated) as translation
      from translation m where m.text_id = t.id and m.language = ${language} and t.language <> ${language}
      order by m.human desc limit 1) r on true`;
}

/** What this reader sees of a text in `language`. */
export function showRow({ text }: TextRow, { languages, language, person }: Reader): ShownText {
  const reads = text.language === language || person?.reads.includes(text.language);
  return { ...text, body: text.body ?? '', translation: reads ? null : translationOf(text, languages, language) };
}

function translationOf(
  { language: source, translation }: TextRow['text'],
  { translator }: Languages,
  language: string,
): ShownTranslation {
  if (translation?.state === 'ready') return { language, ...translation };
  const route = translator.route(source, language);
  const none = {
    language,
    origin: null,
    title: null,
    body: null,
    engine: route?.engine ?? null,
    via: route?.via ?? null,
    outdated: false,
  };
  if (!route) return { ...none, state: 'unsupported' };
  return { ...none, state: translation?.state ?? 'available', origin: translation?.origin ?? null };
}

/** What a query with `titleColumn` yields: for lists that only name what they lead to. */
export interface TitleRow {
  title: { original: string | null; language: string; translated: string | null };
}

/** Of the subject `s` with `textJoin`. */
export const titleColumn: RawBuilder<TitleRow> = sql`json_build_object('original', t.title, 'language', t.language,
  'translated', case when r.translation ->> 'state' = 'ready' then r.translation ->> 'title' end) as title`;

/** A title as this reader sees it, and the language it is in. */
export function showTitleRow(
  { title: { original, language, translated } }: TitleRow,
  reader: Reader,
): { title: string | null; language: string } {
  const wanted = translated !== null && !reader.person?.reads.includes(language);
  return wanted ? { title: translated, language: reader.language } : { title: original, language };
}

/** Texts that no engine has been asked for yet, or that wait behind others: a reader's wish brings them forward. */
export function wishable(texts: readonly ShownText[]): ShownText[] {
  return texts.filter(
    ({ translation }) => translation && ['available', 'queued', 'failed'].includes(translation.state),
  );
}
