import type { Client } from 'pg';

import { EU_LANGUAGES } from '../../translation/languages.ts';
import { addSubjects, madeOnce } from './stock.ts';

/** What the Conference had in a year, and as many again `factor` times. */
const IDEAS = 18_000;
const PEOPLE = 50_000;
const COMMENTS = 100_000;
/** On the newest idea: a page with everything on it. */
const BUSY = 500;
const ENDORSEMENTS = 60_000;
const EVENTS = 6_600;
const REGISTRATIONS = 50_000;
const REPORTS = 3_000;
/** From the first event to the last; each is announced this long before it begins, and people act on what they read for as long. */
const SPAN_WEEKS = 60;
const AHEAD_WEEKS = 8;
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

/** Some time after a moment, but not after now. */
const later = (at: string, n: string): string =>
  `${at} + least(interval '${AHEAD_WEEKS} weeks', now() - ${at}) * (${n} % 1000 * 7919 % 1000) / 1000`;

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

/** Every fifth answers the one before it on the same idea. Each is written between its idea and now. */
async function addComments(client: Client, ideas: number, comments: number): Promise<void> {
  await client.query(`create temporary table remark on commit drop as
    select c.n, pg_temp.id_at(c.at) as subject_id, pg_temp.id_at(c.at) as text_id, p.language, p.id as author_id, c.space_id, c.idea_id, c.at,
      c.idea_id as parent_id, c.idea_id as root_id
    from (select r.n, i.subject_id as idea_id, i.space_id, ${later('i.at', 'r.n')} as at
      from generate_series(1, ${comments}) r (n) join new i on i.n = case when r.n <= ${BUSY} then 1 else 2 + r.n % ${ideas - 1} end) c
    join people p on p.number = (c.n * 13) % (select count(*) from people)`);
  await client.query('create index on remark (n)');
  await client.query('analyze remark');
  await client.query(`update remark r set parent_id = a.subject_id, at = greatest(r.at, a.at) from remark a
    where r.n % 5 = 0 and a.n = r.n - case when r.n <= ${BUSY} then 1 else ${ideas - 1} end and a.idea_id = r.idea_id`);
  await addSubjects(client, 'remark', { kind: 'comment', titled: false, translated: TRANSLATED });
  await client.query(`insert into comment (subject_id, about_id, alignment)
    select subject_id, idea_id, case when parent_id = idea_id then (array['for', 'against', 'neutral'])[1 + n % 3] end from remark`);
}

async function addEndorsements(client: Client, ideas: number, endorsements: number): Promise<void> {
  await client.query(`insert into endorsement (subject_id, person_id, created_at)
    select i.subject_id, p.id, ${later('i.at', 'e.n')}
    from generate_series(0, ${endorsements - 1}) e (n) join new i on i.n = 1 + e.n % ${ideas}
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
  await client.query(`insert into registration (event_id, person_id, state, created_at)
    select g.subject_id, p.id, 'registered', ${later('g.at', 'r.n')}
    from generate_series(0, ${REGISTRATIONS * factor - 1}) r (n) join gathering g on g.n = 1 + r.n % ${events}
      join people p on p.number = (r.n * 7) % (select count(*) from people)`);
  await addReports(client, REPORTS * factor);
}

/** On the latest events that are over; more of the older ones never got one. */
async function addReports(client: Client, reports: number): Promise<void> {
  await client.query(`create temporary table account on commit drop as
    select n, pg_temp.id_at(at) as subject_id, pg_temp.id_at(at) as text_id, language, author_id, space_id, event_id as parent_id, event_id as root_id, event_id, at
    from (select n, language, author_id, space_id, subject_id as event_id, least(now(), ends_at + interval '2 days') as at
      from gathering where ends_at < now() order by n limit ${reports}) held`);
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
