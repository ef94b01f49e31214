import { sql, type RawBuilder } from 'kysely';

import type { Person } from '../platform/person.ts';
import type { Languages } from './texts.ts';

/** What a query that joins `textJoin` yields for each subject. */
export interface TextRow {
  text_id: string;
  version: number;
  title: string | null;
  body: string | null;
  language: string;
  decided_by: string;
  confidence: number | null;
  translation: TranslationJson | null;
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

export const textColumns: RawBuilder<TextRow> = sql`t.id as text_id, t.version, t.title, t.body, t.language, t.decided_by,
  t.detected_confidence as confidence, r.translation`;

/** The current text of the subject `s`, and what there is of it in `language`: people's words before a machine's. */
export function textJoin(language: string): RawBuilder<unknown> {
  return sql`join text t on t.id = s.text_id
    left join lateral (
      select json_build_object('state', m.state, 'origin', m.origin, 'title', m.title, 'body', m.body, 'engine', m.engine, 'via', m.via, 'outdated', m.outdated) as translation
      from translation m where m.text_id = t.id and m.language = ${language} and t.language <> ${language}
      order by m.human desc limit 1) r on true`;
}

/** What this reader sees of a text in `language`. */
export function showRow(found: TextRow, languages: Languages, language: string, person: Person | null): ShownText {
  const { text_id: id, version, title, body, confidence, decided_by: decidedBy } = found;
  return {
    id,
    version,
    title,
    body: body ?? '',
    language: found.language,
    decidedBy,
    confidence,
    translation:
      found.language === language || person?.reads.includes(found.language)
        ? null
        : translationOf(found, languages, language),
  };
}

function translationOf(
  { language: source, translation }: TextRow,
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

/** Texts that no engine has been asked for yet, or that wait behind others: a reader's wish brings them forward. */
export function wishable(texts: readonly ShownText[]): ShownText[] {
  return texts.filter(
    ({ translation }) => translation && ['available', 'queued', 'failed'].includes(translation.state),
  );
}
