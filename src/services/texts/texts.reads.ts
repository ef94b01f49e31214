import { sql, type RawBuilder } from 'kysely';

import type { Person } from '../../platform/person.ts';
import { authorOf, type Named } from '../people/author.ts';
import { viewFor } from './preference.ts';
import type { Reader, View } from '../../platform/reader.ts';
import type { Languages } from '../../platform/languages.ts';

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

interface TranslationJson extends Words {
  state: State;
  origin: string;
  outdated: boolean;
  /** What this reader chose to see of this text, if they chose. */
  choice: View | null;
}

/** A translation, and what there is to say about how it came about. */
interface Words {
  title: string | null;
  body: string | null;
  engine: string | null;
  via: string | null;
  /** The words are in this variant of the language: 'pt-BR' where 'pt' was asked for. */
  variant: string | null;
  /** Why it waits or came to nothing: the kind of an engine's error, or 'paused'. */
  failure: string | null;
  /** Who translated; null for machines and for persons who were erased. */
  author: Named | null;
  /** Terms of the glossary that the engine did not use, as 'source → target': for moderators. */
  missedTerms: readonly string[] | null;
  /** It is in line for longer than people expect. */
  waitsLong: boolean;
}

/** `available`: an engine has the pair, but nobody has wished for it yet. `unsupported`: no engine has it today. */
export interface ShownTranslation extends Words {
  language: string;
  state: State | 'available' | 'unsupported';
  origin: string | null;
  outdated: boolean;
  /** The engine by the name people know it by. */
  label: string | null;
  /** Made word by word: to be read with care. */
  isRough: boolean;
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
  /** What this reader chose to see of it, wherever it stands; null while they have not chosen. */
  choice: View | null;
}

/** One column, not eight: the driver spends a fifth of a list on the names of its columns. */
export const textColumn: RawBuilder<TextRow> = sql`json_build_object('id', t.id, 'version', t.version, 'title', t.title, 'body', t.body,
  'language', t.language, 'decidedBy', t.decided_by, 'confidence', t.detected_confidence, 'translation', r.translation) as text`;

/** After this long in line a reader is told that many wait before it. */
const LONG = sql`interval '2 minutes'`;

/**
 * The current text of the subject `s`, and what there is of it in `language`: people's words before a machine's. With a person, what
 * they chose to see; a signed-out reader costs nothing for it, as their choice is in the address.
 */
export function textJoin(language: string, person: Person | null = null): RawBuilder<unknown> {
  const choice = person
    ? sql`, 'choice', (select c.view from text_choice c where c.person_id = ${person.id} and c.subject_id = t.subject_id)`
    : sql``;
  return sql`join text t on t.id = s.text_id
    left join lateral (
      select json_build_object('state', m.state, 'origin', m.origin, 'title', m.title, 'body', m.body, 'engine', m.engine, 'via', m.via, 'outdated', m.outdated,
        'variant', m.variant, 'failure', m.failure, 'missedTerms', m.missed_terms, 'waitsLong', m.wished_at < now() - ${LONG},
        'author', (select ${authorOf('h')} from person h where h.id = m.author_id)${choice}) as translation
      from translation m where m.text_id = t.id and m.language = ${language} and t.language <> ${language}
      order by m.human desc limit 1) r on true`;
}

/** What this reader sees of a text in `language`. */
export function showRow({ text }: TextRow, { languages, language, person }: Reader): ShownText {
  const reads = text.language === language || person?.reads.includes(text.language);
  const choice = text.translation?.choice ?? null;
  return {
    ...text,
    body: text.body ?? '',
    choice,
    translation: reads ? null : translationOf(text, languages, language),
  };
}

/** For a mail, whose reader has no page: a text in a language they read is not translated for them. */
export function asRead<R extends TextRow>(found: R, reads: readonly string[]): R {
  return reads.includes(found.text.language) ? { ...found, text: { ...found.text, translation: null } } : found;
}

function translationOf(
  { language: source, translation }: TextRow['text'],
  { translator }: Languages,
  language: string,
): ShownTranslation {
  if (translation?.state === 'ready') return { ...readyOf(translation, translator), language };
  const way = translator.way(source, language);
  const none = { ...NOTHING, language, engine: way?.engine ?? null, via: way?.via ?? null };
  if (!way) return { ...none, state: 'unsupported' };
  if (!translation) return { ...none, state: 'available' };
  const { state, origin, failure, waitsLong } = translation;
  // An engine may have the pair, but not for texts that must stay here.
  if (failure === 'unsupported_pair') return { ...none, state: 'unsupported', failure };
  return { ...none, state, origin, failure, waitsLong };
}

/** A translation that is not there. */
export const NOTHING = {
  ...{ title: null, body: null, origin: null, engine: null, via: null, variant: null, failure: null, author: null },
  ...{ label: null, isRough: false, missedTerms: null, outdated: false, waitsLong: false },
} as const;

function readyOf({ choice: _told, ...ready }: TranslationJson, translator: Languages['translator']) {
  const engine = translator.engines().find(({ name }) => name === ready.engine);
  return { ...ready, label: engine?.label ?? ready.engine, isRough: engine?.tier === 'rough' };
}

/** What a query with `titleColumn` yields: for lists that only name what they lead to. */
export interface TitleRow {
  title: {
    original: string | null;
    language: string;
    translated: string | null;
    origin: string | null;
    choice: View | null;
  };
}

/** Of the subject `s` with `textJoin`. */
export const titleColumn: RawBuilder<TitleRow> = sql`json_build_object('original', t.title, 'language', t.language, 'choice', r.translation ->> 'choice',
  'origin', r.translation ->> 'origin', 'translated', case when r.translation ->> 'state' = 'ready' then r.translation ->> 'title' end) as title`;

/** A title as it was chosen for a reader, in the original or in translation. */
export interface Title {
  title: string | null;
  language: string;
  /** True when a machine translated it: then every place that shows it says so. */
  isMachine: boolean;
}

/** A title as this reader sees it. Without a page that says otherwise, what they have set. */
export function showTitleRow(
  { title: { original, language, translated, origin, choice } }: TitleRow,
  { person, language: reading, preference = { view: person?.showsFirst ?? 'translation' } }: Reader,
): Title {
  const isWanted = viewFor({ choice }, preference) === 'translation' && !person?.reads.includes(language);
  return translated !== null && isWanted
    ? { title: translated, language: reading, isMachine: origin === 'machine' }
    : { title: original, language, isMachine: false };
}

/**
 * Of the texts of a page, each once, those that no engine has been asked for yet, or that wait behind others: a reader's wish brings them forward. One that failed
 * is tried again only when somebody asks for it.
 */
export function wishable(texts: readonly ShownText[]): ShownText[] {
  const waiting = texts.filter(({ translation }) => translation && ['available', 'queued'].includes(translation.state));
  return [...new Map(waiting.map((text) => [text.id, text])).values()];
}
