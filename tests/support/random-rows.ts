import { randomUUIDv7 } from 'node:crypto';

import type { Em } from '../../src/platform/db/database.ts';
import { transaction } from '../../src/platform/db/guard.ts';
import { momentIn } from './moments.ts';
import { LANGUAGES, type Play } from './random-acts.ts';

/** No worker takes up what waits: it is on its way elsewhere, for long. */
const LEASED = new Date('2100-01-01T00:00:00Z');

interface Written {
  id: string;
  kind: string;
  space: string;
  parent: Written | null;
  root: string;
  closed: boolean;
}

type Row = Record<string, unknown>;

/** So many acts stored at once, as their tables keep them: what would take the operations minutes. */
export async function storeAtRandom(play: Play, acts: number): Promise<void> {
  const { random } = play;
  const rows: Record<string, Row[]> = {
    subject: [],
    text: [],
    idea: [],
    comment: [],
    event: [],
    report: [],
    endorsement: [],
    registration: [],
  };
  const written: Written[] = [];
  const of = (kind: string) => written.filter((each) => each.kind === kind);
  const taken = new Set<string>();
  for (let count = 0; count < acts; count++) {
    const kind = random.pick([
      'idea',
      'idea',
      'comment',
      'comment',
      'comment',
      'event',
      'report',
      'endorsement',
      'endorsement',
      'registration',
    ]);
    if (kind === 'idea' || kind === 'event' || count < 20)
      written.push(write(play, rows, count < 20 ? 'idea' : kind, null));
    else if (kind === 'comment') written.push(write(play, rows, 'comment', parentOf(play, written)));
    else if (kind === 'report') reportOn(play, rows, of('event'), written, taken);
    else enlist(play, rows, kind, kind === 'endorsement' ? of('idea') : of('event'), taken);
  }
  await transaction(play.polyphony.em(), async (em) => {
    for (const [table, list] of Object.entries(rows)) await insert(em, table, list);
    await translate(em, play);
  });
}

/** An idea, an event or a comment that stands by itself. */
function parentOf({ random }: Play, written: readonly Written[]): Written {
  return random.pick(
    written.filter(
      ({ kind, parent }) => kind === 'idea' || kind === 'event' || (kind === 'comment' && parent?.kind !== 'comment'),
    ),
  );
}

/** What is below something closed is closed, too. */
function write(play: Play, rows: Record<string, Row[]>, kind: string, parent: Written | null): Written {
  const { random, people, spaces, mondays } = play;
  const id = randomUUIDv7();
  const text = randomUUIDv7();
  const moment = momentIn(mondays, random, new Date());
  const state = random.pick([...Array<null>(8).fill(null), 'hidden_at', 'withdrawn_at']);
  const subject = {
    id,
    kind,
    space: parent?.space ?? random.pick(spaces),
    parent,
    root: parent?.root ?? id,
    closed: state !== null || parent?.closed === true,
  };
  rows['subject']?.push({
    ...{
      id,
      kind,
      space_id: subject.space,
      parent_id: parent?.id ?? null,
      root_id: subject.root,
      text_id: text,
      published_at: moment,
    },
    author_id: random.chance(0.1) ? null : random.pick(people).id,
    visibility: random.chance(0.03) ? 'space' : 'public',
    closed_at: subject.closed ? moment : null,
    ...(state ? { [state]: moment } : {}),
  });
  const version = random.pick([1, 2]);
  for (let each = 1; each <= version; each++)
    rows['text']?.push({
      ...{
        id: each === version ? text : randomUUIDv7(),
        subject_id: id,
        version: each,
        title: `${kind} ${rows['text']?.length}`,
        body: 'Words.',
      },
      ...{ language: random.pick(LANGUAGES), decided_by: 'import', written_at: moment },
    });
  if (kind === 'idea') rows['idea']?.push({ subject_id: id });
  if (kind === 'event') rows['event']?.push({ subject_id: id, ...meeting(play) });
  if (kind === 'comment') {
    const isReply = parent?.kind === 'comment';
    const alignment = isReply || parent?.kind !== 'idea' ? null : random.pick(['for', 'against', 'neutral']);
    rows['comment']?.push({ subject_id: id, about_id: isReply ? parent.parent?.id : parent?.id, alignment });
  }
  return subject;
}

function meeting({ random, mondays }: Play): Row {
  const now = Date.now();
  const past = momentIn(mondays, random, new Date(now - 600_000));
  const ends = random.chance(0.9) ? past : new Date(now + 600_000 + random.below(7 * 86_400_000));
  return {
    ...{ starts_at: new Date(ends.getTime() - 3_600_000), ends_at: ends, time_zone: 'Europe/Athens', official: false },
    ...{
      mode: random.pick(['in-person', 'online', 'hybrid']),
      cancelled_at: random.chance(0.1) ? ends : null,
      languages: [],
    },
  };
}

function reportOn(
  play: Play,
  rows: Record<string, Row[]>,
  events: readonly Written[],
  written: Written[],
  taken: Set<string>,
): void {
  const event = events.length > 0 ? play.random.pick(events) : null;
  if (!event || taken.has(event.id)) return;
  taken.add(event.id);
  const report = write(play, rows, 'report', event);
  written.push(report);
  rows['report']?.push({ subject_id: report.id, event_id: event.id, attendees: play.random.below(500) });
}

/** One support, one registration a person. */
function enlist(
  { random, people, mondays }: Play,
  rows: Record<string, Row[]>,
  table: string,
  on: readonly Written[],
  taken: Set<string>,
): void {
  if (on.length === 0) return;
  const [subject, person] = [random.pick(on).id, random.pick(people).id];
  if (taken.has(`${subject} ${person}`)) return;
  taken.add(`${subject} ${person}`);
  const act = { person_id: person, created_at: momentIn(mondays, random, new Date()) };
  if (table === 'endorsement') rows['endorsement']?.push({ subject_id: subject, ...act });
  else rows['registration']?.push({ event_id: subject, state: random.chance(0.8) ? 'registered' : 'waiting', ...act });
}

/** Machines and people translated some of all there is, of reasons and old versions, too. */
async function translate(em: Em, { random, mondays }: Play): Promise<void> {
  const texts: { id: string; language: string }[] = await em.execute('select id, language from text order by id');
  const rows = texts.flatMap(({ id, language }) => {
    const target = random.pick(LANGUAGES);
    if (target === language || random.chance(0.3)) return [];
    const state = random.pick(['ready', 'ready', 'queued', 'failed', 'suspended']);
    const ready = state === 'ready' ? momentIn(mondays, random, new Date()) : null;
    const human = random.chance(0.1);
    return [
      {
        ...{
          text_id: id,
          language: target,
          human,
          state,
          source_language: language,
          wished_at: new Date(0),
          ready_at: ready,
        },
        ...{ origin: human ? 'human' : 'machine', outdated: false, priority: 0, tries: 0, lease_until: LEASED },
      },
    ];
  });
  await insert(em, 'translation', rows);
}

/** Columns that a row does not name are null. */
async function insert(em: Em, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(Object.assign({}, ...rows)).join(', ');
  const query = `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::public.${table}, ?::jsonb) on conflict do nothing`;
  if (rows.length > 0) await em.execute(query, [JSON.stringify(rows)]);
}
