// The figures of a week counted once more, as a person with a pencil would: row by row, from all rows of each table. It shares no query and
// no function with the product, so that a mistake would have to be made twice.

import type { Em } from '../../src/platform/db/database.ts';

type Row = Record<string, string | number | boolean | Date | null>;

export interface Tables {
  subject: Map<string, Row>;
  text: Map<string, Row>;
  person: Map<string, Row>;
  spaces: { id: string; slug: string }[];
  comment: Row[];
  event: Row[];
  report: Row[];
  endorsement: Row[];
  registration: Row[];
  translation: Row[];
  correction: Row[];
}

export async function readTables(em: Em): Promise<Tables> {
  const all = (table: string): Promise<Row[]> => em.getConnection().execute(`select * from ${table}`);
  const byId = async (table: string) => new Map((await all(table)).map((row) => [String(row['id']), row]));
  return {
    ...{ subject: await byId('subject'), text: await byId('text'), person: await byId('person') },
    spaces: (await all('space order by position')).map((row) => ({
      id: String(row['subject_id']),
      slug: String(row['slug']),
    })),
    ...{ comment: await all('comment'), event: await all('event'), report: await all('report') },
    ...{
      endorsement: await all('endorsement'),
      registration: await all('registration'),
      translation: await all('translation'),
      correction: await all('text_correction'),
    },
  };
}

const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Brussels', dateStyle: 'short' });

const names = new Map<number, string>();

/** The ISO week of a moment on the clocks of Brussels: the one its Thursday is in. */
export function weekName(moment: Date): string {
  const known = names.get(moment.getTime());
  if (known) return known;
  const thursday = new Date(`${days.format(moment)}T12:00:00Z`);
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1, 12);
  const number = 1 + Math.floor((thursday.getTime() - first) / (7 * 86_400_000));
  const name = `${thursday.getUTCFullYear()}-W${String(number).padStart(2, '0')}`;
  names.set(moment.getTime(), name);
  return name;
}

export interface Asked {
  week: string;
  weekBefore: string;
  /** Slug, or null for all. */
  space: string | null;
  now: Date;
  /** The figures that are told by theme and language, by the kind or the act they count. */
  told: ReadonlyMap<string, string>;
  interfaceLanguages: readonly string[];
  hasEngine(from: string, to: string): boolean;
}

/** Every line of the file of that week, as `section,key,key2` to its value. */
export function recount(tables: Tables, asked: Asked): Map<string, string> {
  const found = new Map<string, number>();
  const { week, weekBefore } = asked;
  countFigures(
    tables,
    asked,
    (moment) => weekName(moment) === week,
    (name, value) => found.set(`figures,${name},week`, value),
  );
  countFigures(
    tables,
    asked,
    (moment) => weekName(moment) === weekBefore,
    (name, value) => found.set(`figures,${name},before`, value),
  );
  countFigures(
    tables,
    asked,
    (moment) => weekName(moment) <= week,
    (name, value) => found.set(`figures,${name},total`, value),
  );
  countDetails(tables, asked, found);
  countTranslations(tables, asked, found);
  countCorrections(tables, asked, found);
  const lines = new Map([...found].map(([key, value]) => [key, String(value)]));
  for (const [key, value] of missingReports(tables, asked)) lines.set(key, value);
  return lines;
}

/** Neither it nor anything it stands under was hidden or withdrawn. */
function isPublic({ subject }: Tables, id: string): boolean {
  let row = subject.get(id);
  if (row?.['visibility'] !== 'public') return false;
  while (row) {
    if (row['hidden_at'] || row['withdrawn_at']) return false;
    row = row['parent_id'] ? subject.get(String(row['parent_id'])) : undefined;
  }
  return true;
}

/** The subject, when it counts in the space asked. */
function counted(tables: Tables, { space }: Asked, id: unknown): Row | null {
  const row = tables.subject.get(String(id));
  if (!row || !isPublic(tables, String(id))) return null;
  return space === null || slugOf(tables, row) === space ? row : null;
}

function slugOf({ spaces }: Tables, row: Row): string {
  for (const { id, slug } of spaces) if (id === row['space_id']) return slug;
  return '';
}

const languageOf = ({ text }: Tables, subject: Row): string =>
  String(text.get(String(subject['text_id']))?.['language']);

const dateOf = (value: unknown): Date => new Date(value instanceof Date ? value : String(value));

const wasHeld = (event: Row, { now }: Asked): boolean =>
  dateOf(event['ends_at']) <= now && event['cancelled_at'] === null;

function countFigures(
  tables: Tables,
  asked: Asked,
  isIn: (moment: Date) => boolean,
  set: (name: string, value: number) => void,
): void {
  const people = new Set<string>();
  const languages = new Set<string>();
  const numbers: Record<string, number> = {};
  let [endorsements, registrations, held, attendees] = [0, 0, 0, 0];
  for (const [id, subject] of tables.subject) {
    const kind = String(subject['kind']);
    if (!counted(tables, asked, id) || !isIn(dateOf(subject['published_at']))) continue;
    numbers[kind] = (numbers[kind] ?? 0) + 1;
    if (kind === 'idea') languages.add(languageOf(tables, subject));
    if (isPart(subject) && subject['author_id']) people.add(String(subject['author_id']));
  }
  for (const { subject_id: id, person_id: person, created_at: at } of tables.endorsement) {
    if (!counted(tables, asked, id) || !isIn(dateOf(at))) continue;
    endorsements++;
    people.add(String(person));
  }
  for (const { event_id: id, person_id: person, created_at: at, state } of tables.registration) {
    if (state !== 'registered' || !counted(tables, asked, id) || !isIn(dateOf(at))) continue;
    registrations++;
    people.add(String(person));
  }
  for (const event of tables.event)
    if (counted(tables, asked, event['subject_id']) && wasHeld(event, asked) && isIn(dateOf(event['ends_at']))) held++;
  for (const { subject_id: id, attendees: came } of tables.report) {
    const report = counted(tables, asked, id);
    if (report && isIn(dateOf(report['published_at']))) attendees += Number(came);
  }
  for (const [kind, name] of asked.told) set(name, numbers[kind] ?? 0);
  set('reports', numbers['report'] ?? 0);
  set('participants', people.size);
  set('languages', languages.size);
  set('endorsements', endorsements);
  set('registrations', registrations);
  set('held', held);
  set('attendees', attendees);
}

/** People take part with all they write, whatever kinds there will be. */
const isPart = ({ kind }: Row): boolean => kind !== 'space' && kind !== 'decision';

function countDetails(tables: Tables, asked: Asked, found: Map<string, number>): void {
  const { week, space, told } = asked;
  const add = (key: string, value = 1) => found.set(key, (found.get(key) ?? 0) + value);
  const addAct = (subject: Row, name: string) => {
    for (const [section, key] of [
      ['theme', slugOf(tables, subject)],
      ['language', languageOf(tables, subject)],
    ])
      for (const each of told.values()) add(`${section},${key},${each}`, each === name ? 1 : 0);
  };
  const addPair = (idea: string, other: string, name: string) => {
    for (const each of ['comments', 'endorsements'])
      add(`${each}-by-languages,${idea},${other}`, each === name ? 1 : 0);
  };
  for (const { slug } of tables.spaces)
    if (space === null || space === slug) for (const each of told.values()) add(`theme,${slug},${each}`, 0);
  for (const alignment of ['for', 'against', 'neutral', 'replies']) add(`comments,${alignment},`, 0);
  for (const mode of ['in-person', 'online', 'hybrid']) add(`held,${mode},`, 0);

  for (const [id, subject] of tables.subject) {
    const name = told.get(String(subject['kind']));
    if (name && counted(tables, asked, id) && weekName(dateOf(subject['published_at'])) === week) addAct(subject, name);
  }
  for (const { subject_id: id, about_id: aboutId, alignment: taken } of tables.comment) {
    const comment = counted(tables, asked, id);
    if (!comment || weekName(dateOf(comment['published_at'])) !== week) continue;
    const alignment = taken ?? 'neutral';
    add(`comments,${comment['parent_id'] === aboutId ? String(alignment) : 'replies'},`);
    const about = tables.subject.get(String(aboutId));
    if (about?.['kind'] === 'idea') addPair(languageOf(tables, about), languageOf(tables, comment), 'comments');
  }
  for (const { subject_id: id, person_id: person, created_at: at } of tables.endorsement) {
    const subject = counted(tables, asked, id);
    if (!subject || weekName(dateOf(at)) !== week) continue;
    addAct(subject, 'endorsements');
    const reads = String(tables.person.get(String(person))?.['interface_language']);
    if (subject['kind'] === 'idea') addPair(languageOf(tables, subject), reads, 'endorsements');
  }
  for (const event of tables.event)
    if (
      counted(tables, asked, event['subject_id']) &&
      wasHeld(event, asked) &&
      weekName(dateOf(event['ends_at'])) === week
    )
      add(`held,${String(event['mode'])},`);
}

function countTranslations(tables: Tables, asked: Asked, found: Map<string, number>): void {
  const { week, interfaceLanguages, hasEngine } = asked;
  let [done, waiting, withoutEngine] = [0, 0, 0];
  const current = new Map<string, Row>();
  for (const [id, subject] of tables.subject)
    if (isPart(subject) && counted(tables, asked, id)) current.set(String(subject['text_id']), subject);
  for (const { text_id: text, state, ready_at: at } of tables.translation) {
    if (!current.has(String(text))) continue;
    if (state === 'ready' && weekName(dateOf(at)) === week) done++;
    if (state === 'queued' || state === 'suspended') waiting++;
  }
  for (const subject of current.values())
    for (const target of interfaceLanguages) {
      const language = languageOf(tables, subject);
      const isOurs = weekName(dateOf(subject['published_at'])) === week;
      if (isOurs && language !== target && !hasEngine(language, target)) withoutEngine++;
    }
  found
    .set('translations,done,', done)
    .set('translations,waiting,', waiting)
    .set('translations,withoutEngine,', withoutEngine);
}

function countCorrections(tables: Tables, asked: Asked, found: Map<string, number>): void {
  const wrong = new Set<string>();
  for (const { text_id: id, before, after, person_id: person, corrected_at: at } of tables.correction) {
    const text = tables.text.get(String(id));
    if ((text?.['detected_language'] ?? 'und') === before) wrong.add(String(id));
    const subject = counted(tables, asked, text?.['subject_id']);
    if (!subject || !isPart(subject) || weekName(dateOf(at)) !== asked.week) continue;
    const by = person !== null && person === subject['author_id'] ? 'author' : 'moderator';
    const key = `corrections-by-${by},${String(before)},${String(after)}`;
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  let [texts, corrected] = [0, 0];
  for (const [id, subject] of tables.subject) {
    if (!isPart(subject) || !counted(tables, asked, id)) continue;
    if (weekName(dateOf(subject['published_at'])) !== asked.week) continue;
    const text = String(subject['text_id']);
    if (wrong.has(text)) corrected++;
    if (wrong.has(text) || tables.text.get(text)?.['decided_by'] === 'detector') texts++;
  }
  found.set('recognised,texts,', texts).set('recognised,corrected,', corrected);
}

function missingReports(tables: Tables, asked: Asked): Map<string, string> {
  const reported = new Set<string>();
  for (const { subject_id: id, event_id: event } of tables.report)
    if (isPublic(tables, String(id))) reported.add(String(event));
  const missing = new Map<string, string>();
  for (const event of tables.event) {
    const subject = counted(tables, asked, event['subject_id']);
    const isDue = wasHeld(event, asked) && weekName(dateOf(event['ends_at'])) === asked.week;
    if (!subject || !isDue || reported.has(String(subject['id']))) continue;
    const title = tables.text.get(String(subject['text_id']))?.['title'];
    const organizer = tables.person.get(String(subject['author_id']))?.['name'];
    missing.set(`missing-reports,${String(title)},${String(organizer ?? '')}`, String(subject['id']));
  }
  return missing;
}
