import { randomUUIDv7 } from 'node:crypto';

import type { Em } from '../../src/platform/db/database.ts';
import { transaction } from '../../src/platform/db/guard.ts';
import { momentIn } from './moments.ts';
import { LANGUAGES, type Play } from './random-acts.ts';

/** No worker takes up what waits: it is on its way elsewhere, for long. */
const LEASED = new Date('2100-01-01T00:00:00Z');
/** Ideas to begin with, so that there is something to act on. */
const FIRST = 20;
const KINDS = [
  ...['idea', 'idea', 'comment', 'comment', 'comment', 'event', 'report'],
  ...['endorsement', 'endorsement', 'registration'],
];

interface Written {
  id: string;
  kind: string;
  space: string;
  parent: Written | null;
  root: string;
  closed: boolean;
}

type Row = Record<string, unknown>;

/** What will be stored: rows by table, and what is needed to find the next. */
interface Draft {
  rows: Record<'subject' | 'text' | 'idea' | 'comment' | 'event' | 'report' | 'endorsement' | 'registration', Row[]>;
  written: Written[];
  /** Pairs of person and subject, and events with a report. */
  taken: Set<string>;
}

/** So many acts stored at once, as their tables keep them: what would take the operations minutes. */
export async function storeAtRandom(play: Play, acts: number): Promise<void> {
  const draft: Draft = {
    rows: { subject: [], text: [], idea: [], comment: [], event: [], report: [], endorsement: [], registration: [] },
    ...{ written: [], taken: new Set<string>() },
  };
  for (let done = 0; done < acts;) if (draftAct(play, draft, done < FIRST ? 'idea' : play.random.pick(KINDS))) done++;
  await transaction(play.polyphony.em(), async (em) => {
    for (const [table, rows] of Object.entries(draft.rows)) await insert(em, table, rows);
    await translate(em, play);
    await correct(em, play);
  });
  // As the database does by itself, some time after so much was stored.
  await play.polyphony.em().getConnection().execute('analyze');
}

/** False when there is nothing to act on, or it was done before. */
function draftAct(play: Play, draft: Draft, kind: string): boolean {
  const of = (name: string) => draft.written.filter((each) => each.kind === name);
  const on = kind === 'endorsement' ? of('idea') : of('event');
  if (kind === 'idea' || kind === 'event') write(play, draft, kind, null);
  else if (kind === 'comment') write(play, draft, kind, parentOf(play, draft));
  else if (on.length === 0) return false;
  else if (kind === 'report') return reportOn(play, draft, play.random.pick(on));
  else return enlist(play, draft, kind, play.random.pick(on));
  return true;
}

/** An idea, an event or a comment that stands by itself. */
function parentOf({ random }: Play, { written }: Draft): Written {
  return random.pick(written.filter(({ kind, parent }) => kind !== 'report' && parent?.kind !== 'comment'));
}

/** Everything below something closed is closed, too. */
function write(play: Play, { rows, written }: Draft, kind: string, parent: Written | null): Written {
  const { random, people, spaces, mondays } = play;
  const [id, text] = [randomUUIDv7(), randomUUIDv7()];
  const moment = momentIn(mondays, random, new Date());
  const state = random.chance(0.2) ? random.pick(['hidden_at', 'withdrawn_at']) : null;
  const subject: Written = {
    ...{ id, kind, parent, space: parent?.space ?? random.pick(spaces), root: parent?.root ?? id },
    closed: state !== null || parent?.closed === true,
  };
  written.push(subject);
  rows.subject.push({
    ...{ id, kind, space_id: subject.space, parent_id: parent?.id ?? null, root_id: subject.root, text_id: text },
    ...{ published_at: moment, closed_at: subject.closed ? moment : null },
    author_id: random.chance(0.1) ? null : random.pick(people).id,
    visibility: random.chance(0.03) ? 'space' : 'public',
    ...(state ? { [state]: moment } : {}),
  });
  const versions = random.pick([1, 2]);
  for (let version = 1; version <= versions; version++)
    rows.text.push({
      ...{ id: version === versions ? text : randomUUIDv7(), subject_id: id, version, body: 'Words.' },
      ...{ title: `${kind} ${rows.text.length}`, language: random.pick(LANGUAGES), written_at: moment },
      ...{ decided_by: random.pick(['import', 'detector']), detected_language: random.pick([...LANGUAGES, null]) },
    });
  if (kind === 'idea') rows.idea.push({ subject_id: id });
  if (kind === 'event') rows.event.push({ subject_id: id, ...meeting(play) });
  if (kind === 'comment' && parent) rows.comment.push({ subject_id: id, ...stanceOn(play, parent) });
  return subject;
}

/** On ideas people take an alignment; replies, and comments on events, take none. */
function stanceOn({ random }: Play, { id, kind, parent }: Written): Row {
  const alignment = kind === 'idea' ? random.pick(['for', 'against', 'neutral']) : null;
  return { about_id: kind === 'comment' ? parent?.id : id, alignment };
}

function meeting({ random, mondays }: Play): Row {
  const now = Date.now();
  const past = momentIn(mondays, random, new Date(now - 600_000));
  const ends = random.chance(0.9) ? past : new Date(now + 600_000 + random.below(7 * 86_400_000));
  return {
    ...{ starts_at: new Date(ends.getTime() - 3_600_000), ends_at: ends, time_zone: 'Europe/Athens', official: false },
    ...{ mode: random.pick(['in-person', 'online', 'hybrid']), languages: [] },
    cancelled_at: random.chance(0.1) ? ends : null,
  };
}

function reportOn(play: Play, draft: Draft, event: Written): boolean {
  if (draft.taken.has(event.id)) return false;
  draft.taken.add(event.id);
  const { id } = write(play, draft, 'report', event);
  draft.rows.report.push({ subject_id: id, event_id: event.id, attendees: play.random.below(500) });
  return true;
}

/** One support, one registration a person. */
function enlist({ random, people, mondays }: Play, { rows, taken }: Draft, table: string, on: Written): boolean {
  const person = random.pick(people).id;
  if (taken.has(`${on.id} ${person}`)) return false;
  taken.add(`${on.id} ${person}`);
  const act = { person_id: person, created_at: momentIn(mondays, random, new Date()) };
  if (table === 'endorsement') rows.endorsement.push({ subject_id: on.id, ...act });
  else rows.registration.push({ event_id: on.id, state: random.chance(0.8) ? 'registered' : 'waiting', ...act });
  return true;
}

/** Machines and people translated some of all there is, old versions among it. */
async function translate(em: Em, { random, mondays }: Play): Promise<void> {
  const texts: { id: string; language: string }[] = await em.execute('select id, language from text order by id');
  const rows = texts.flatMap(({ id, language }) => {
    const target = random.pick(LANGUAGES);
    if (target === language || random.chance(0.3)) return [];
    const state = random.pick(['ready', 'ready', 'queued', 'failed', 'suspended']);
    const human = random.chance(0.1);
    return [
      {
        ...{ text_id: id, language: target, human, state, source_language: language, wished_at: new Date(0) },
        ...{ origin: human ? 'human' : 'machine', outdated: false, priority: 0, tries: 0, lease_until: LEASED },
        ready_at: state === 'ready' ? momentIn(mondays, random, new Date()) : null,
      },
    ];
  });
  await insert(em, 'translation', rows);
}

/** Some languages were corrected, by their authors and by others; some of these had been detected. */
async function correct(em: Em, { random, people, mondays }: Play): Promise<void> {
  const texts: { id: string; language: string; author: string | null }[] = await em.execute(
    'select t.id, t.language, s.author_id as author from text t join subject s on s.id = t.subject_id order by t.id',
  );
  const rows = texts.flatMap(({ id, language, author }) => {
    if (random.chance(0.8)) return [];
    const before = random.pick([...LANGUAGES, 'und'].filter((each) => each !== language));
    const person = random.chance(0.5) ? author : random.pick(people).id;
    const moment = momentIn(mondays, random, new Date());
    return [{ id: randomUUIDv7(), text_id: id, before, after: language, person_id: person, corrected_at: moment }];
  });
  await insert(em, 'text_correction', rows);
}

/** Columns that a row does not name are null. */
async function insert(em: Em, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(Object.assign({}, ...rows)).join(', ');
  const query = `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::public.${table}, ?::jsonb) on conflict do nothing`;
  if (rows.length > 0) await em.execute(query, [JSON.stringify(rows)]);
}
