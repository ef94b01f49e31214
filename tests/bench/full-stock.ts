import type { Client } from 'pg';

import { EU_LANGUAGES } from '../../translation/languages.ts';
import { addSubjects, madeOnce } from './stock.ts';

/** What the Conference had in a year, and as many again `factor` times. */
const IDEAS = 18_000;
const PEOPLE = 50_000;
const COMMENTS = 100_000;
/** On the oldest idea: a page with everything on it. */
const BUSY = 500;
const ENDORSEMENTS = 60_000;
const EVENTS = 6_600;
const REGISTRATIONS = 50_000;
const REPORTS = 3_000;
const WEEKS = 52;
/** An event is announced this long before it begins, and people act on what they read for as long. */
const AHEAD_WEEKS = 8;
/** From the first event to the last. */
const SPAN_WEEKS = WEEKS + AHEAD_WEEKS;
const TRANSLATED = ['en', 'es', 'fr', 'pt'];

/** The address of a database with ideas, comments, support, events, registrations and reports of a year, `factor` times as many as the Conference had. */
export async function fullDatabase(server: string, factor = 1): Promise<string> {
  const translated = factor === 1 ? [...EU_LANGUAGES, 'ar'] : TRANSLATED;
  return madeOnce(server, `polyphony_bench_full_${factor}`, {
    ideas: IDEAS * factor,
    translated,
    more: async (client) => {
      await addPeople(client, PEOPLE * factor);
      await addComments(client, IDEAS * factor, COMMENTS * factor);
      await addEndorsements(client, IDEAS * factor, ENDORSEMENTS * factor);
      await addEvents(client, factor);
      await client.query(COUNT);
    },
  });
}

/** The n-th act, all spread evenly over the year, the newest first. */
const momentOf = (n: string, all: number): string => `now() - ${n} * interval '${WEEKS} weeks' / ${all}`;

/** The idea an act is about: published before it, by eight weeks at most. */
const ideaOf = (n: string, all: number, ideas: number): string =>
  `(1 + ${n}::bigint * ${ideas - 1} / ${all} + ${n}::bigint % ${Math.floor((ideas * AHEAD_WEEKS) / WEEKS)} * (${all} - ${n}) / ${all})`;

/** `number` from 0, so that the n-th of anything finds its person. */
async function addPeople(client: Client, people: number): Promise<void> {
  await client.query(`insert into person (id, handle, name, interface_language, created_at)
    select pg_temp.id_at(now() - interval '1 year'), 'person-' || n, 'Person ' || n, code, now() - interval '1 year'
    from generate_series(0, ${people - 1}) n join unnest(array['${EU_LANGUAGES.join("','")}']) with ordinality l (code, place) on place = 1 + n % ${EU_LANGUAGES.length}`);
  await client.query(`create temporary table people on commit drop as
    select id, substr(handle, 8)::int as number, interface_language as language from person where handle like 'person-%'`);
  await client.query('create index on people (number)');
  await client.query('analyze people');
}

/** Every fifth answers the one before it on the same idea; the oldest idea gets some all year long. */
async function addComments(client: Client, ideas: number, comments: number): Promise<void> {
  const idea = `case when r.n % ${comments / BUSY} = 0 then ${ideas} else ${ideaOf('r.n', comments, ideas)} end`;
  await client.query(`create temporary table remark on commit drop as
    select c.*, lag(subject_id) over spoken as before_id, row_number() over spoken as place
    from (select r.n, pg_temp.id_at(r.at) as subject_id, pg_temp.id_at(r.at) as text_id, p.language, p.id as author_id, i.space_id, i.subject_id as idea_id, r.at,
        i.subject_id as parent_id, i.subject_id as root_id
      from (select n, ${momentOf('n', comments)} as at from generate_series(1, ${comments}) n) r join new i on i.n = ${idea}
        join people p on p.number = (r.n * 13) % (select count(*) from people)) c
    window spoken as (partition by idea_id order by at)`);
  await client.query('update remark set parent_id = before_id where place % 5 = 0');
  await addSubjects(client, 'remark', { kind: 'comment', titled: false, translated: TRANSLATED });
  await client.query(`insert into comment (subject_id, about_id, alignment)
    select subject_id, idea_id, case when parent_id = idea_id then (array['for', 'against', 'neutral'])[1 + n % 3] end from remark`);
}

async function addEndorsements(client: Client, ideas: number, endorsements: number): Promise<void> {
  await client.query(`insert into endorsement (subject_id, person_id, created_at)
    select i.subject_id, p.id, ${momentOf('e.n', endorsements)}
    from generate_series(1, ${endorsements}) e (n) join new i on i.n = ${ideaOf('e.n', endorsements, ideas)}
      join people p on p.number = (e.n * 7) % (select count(*) from people)`);
}

async function addEvents(client: Client, factor: number): Promise<void> {
  const events = EVENTS * factor;
  await client.query(`create temporary table gathering on commit drop as
    select n, pg_temp.id_at(at) as subject_id, null::uuid as root_id, pg_temp.id_at(at) as text_id, p.language, p.id as author_id, space_id,
      null::uuid as parent_id, at, starts_at, starts_at + interval '2 hours' as ends_at
    from (select n, starts_at, starts_at - interval '${AHEAD_WEEKS} weeks' as at from (
      select n, now() + interval '${AHEAD_WEEKS} weeks' - n * interval '${SPAN_WEEKS} weeks' / ${events} as starts_at
      from generate_series(1, ${events}) n) planned) announced
    join people p on p.number = n % 500 join (select subject_id as space_id, position from space) s on position = n % 10`);
  await client.query('update gathering set root_id = subject_id');
  await addSubjects(client, 'gathering', { kind: 'event', titled: true, translated: TRANSLATED });
  await client.query(`insert into event (subject_id, starts_at, ends_at, time_zone, mode, country, languages)
    select subject_id, starts_at, ends_at, (array['Europe/Brussels', 'Europe/Lisbon', 'Europe/Athens'])[1 + n % 3],
      (array['in-person', 'online', 'hybrid'])[1 + n % 3], (array['BE', 'PT', 'GR'])[1 + n % 3], array[language] from gathering`);
  const registrations = REGISTRATIONS * factor;
  // Of those that were announced and had not begun: the first of all begins in eight weeks.
  const event = `least(${events}, 1 + ((${AHEAD_WEEKS} + r.n * ${WEEKS}.0 / ${registrations} - ${AHEAD_WEEKS} * (r.n % 97) / 97.0) * ${events / SPAN_WEEKS})::int)`;
  await client.query(`insert into registration (event_id, person_id, state, created_at)
    select g.subject_id, p.id, 'registered', ${momentOf('r.n', registrations)}
    from generate_series(1, ${registrations}) r (n) join gathering g on g.n = ${event}
      join people p on p.number = (r.n * 7) % (select count(*) from people)`);
  await addReports(client, REPORTS * factor);
}

/** On every other event that is over, the latest first. */
async function addReports(client: Client, reports: number): Promise<void> {
  await client.query(`create temporary table account on commit drop as
    select n, pg_temp.id_at(at) as subject_id, pg_temp.id_at(at) as text_id, language, author_id, space_id, event_id as parent_id, event_id as root_id, event_id, at
    from (select n, language, author_id, space_id, subject_id as event_id, least(now(), ends_at + interval '2 days') as at
      from gathering where ends_at < now() and n % 9 < 5 order by n limit ${reports}) held`);
  await addSubjects(client, 'account', { kind: 'report', titled: true, translated: TRANSLATED });
  await client.query(
    'insert into report (subject_id, event_id, attendees) select subject_id, event_id, n % 200 from account',
  );
}

/** The numbers of subjects as their reader keeps them, and its cursor at the end. */
const COUNT = `
  insert into subject_count (subject_id, name, value) select about_id, 'comments', count(*) from comment group by about_id;
  insert into subject_count (subject_id, name, value) select subject_id, 'endorsements', count(*) from endorsement group by subject_id;
  insert into activity_cursor (reader, generation, xid, id)
    select 'counts', generation, xid, id from activity order by generation desc, xid desc, id desc limit 1`;
