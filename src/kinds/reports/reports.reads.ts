import { sql, type RawBuilder } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { readLinks, type Link, type LinkType } from '../../services/subjects/links.ts';
import { findSubject, gone, openTo } from '../../services/subjects/subjects.ts';
import {
  contributionColumns,
  contributionJoins,
  showContribution,
  type ContributionRow,
  type ShownContribution,
} from '../../services/texts/contributions.reads.ts';
import { showTitleRow, textJoin, titleColumn, type Title, type TitleRow } from '../../services/texts/texts.reads.ts';
import type { Reader } from '../../platform/reader.ts';

interface ReportRow extends ContributionRow {
  event_id: string;
  attendees: number;
}

/** A report as this reader sees it. */
export interface ShownReport extends ShownContribution {
  eventId: string;
  attendees: number;
}

/** Throws 404, or 410 with its state for those who may not see it any more. */
export async function findReport(em: Em, id: string, reader: Reader): Promise<ShownReport> {
  const subject = await findSubject(em, id, reader.person);
  const found = await readReport(em, sql`rp.subject_id = ${id}`, reader);
  if (!found) throw subject.kind === 'report' ? gone(subject) : notFound();
  return found;
}

/** The report of an event, or null while it has none. The caller has to ask whether this reader may see it. */
export function findReportOf(em: Em, eventId: string, reader: Reader): Promise<ShownReport | null> {
  return readReport(em, sql`rp.event_id = ${eventId}`, reader);
}

async function readReport(em: Em, condition: RawBuilder<unknown>, reader: Reader): Promise<ShownReport | null> {
  const found = await row(
    em,
    sql<ReportRow>`select ${contributionColumns}, rp.event_id, rp.attendees from report rp join subject s on s.id = rp.subject_id
      ${contributionJoins(reader)} where ${condition}`,
  );
  return found && { ...showContribution(found, reader), eventId: found.event_id, attendees: found.attendees };
}

/** A report where only its event is shown. */
export interface ReportOf extends Title {
  id: string;
  eventId: string;
  attendees: number;
  publishedAt: Date;
}

/** The public reports of these events. */
export async function listReportsOf(em: Em, eventIds: readonly string[], reader: Reader): Promise<ReportOf[]> {
  const found = await rows(
    em,
    sql<Omit<ReportOf, keyof Title> & TitleRow>`
      select s.id, rp.event_id as "eventId", rp.attendees, s.published_at as "publishedAt", ${titleColumn}
      from report rp join subject s on s.id = rp.subject_id ${textJoin(reader.language, reader.person)}
      where rp.event_id = any(${[...eventIds]}::uuid[]) and ${openTo(reader.person)}`,
  );
  return found.map((each) => ({ ...each, ...showTitleRow(each, reader) }));
}

/** An idea that a report names. */
export interface LinkedIdea extends Title {
  id: string;
  type: LinkType;
  /** Slug of its space. */
  space: string;
}

/** The ideas that the public reports of these events name, by event. */
export async function listIdeasOf(
  em: Em,
  eventIds: readonly string[],
  reader: Reader,
): Promise<Map<string, LinkedIdea[]>> {
  const links = await readLinks(em, 'from', await reported(em, eventIds, reader), reader.person);
  const ids = links.map(({ to }) => to);
  const found = await rows(
    em,
    sql<{ id: string; space: string } & TitleRow>`select s.id, sp.slug as space, ${titleColumn}
      from subject s ${textJoin(reader.language, reader.person)} join space sp on sp.subject_id = s.space_id where s.id = any(${ids}::uuid[])`,
  );
  return sorted(
    links,
    'from',
    found.map((each) => ({ ...each, ...showTitleRow(each, reader) })),
  );
}

/** An event at which an idea was discussed or born. */
export interface LinkedEvent extends Title {
  id: string;
  type: LinkType;
  startsAt: Date;
  endsAt: Date;
  allDay: boolean;
  timeZone: string;
  mode: string;
  country: string | null;
  address: string | null;
}

/** The events whose public reports name these ideas, by idea. */
export async function listEventsOf(
  em: Em,
  ideaIds: readonly string[],
  reader: Reader,
): Promise<Map<string, LinkedEvent[]>> {
  const all = await readLinks(em, 'to', ideaIds, reader.person);
  const events = await reported(
    em,
    all.map(({ from }) => from),
    reader,
  );
  const links = all.filter(({ from }) => events.includes(from));
  const found = await rows(
    em,
    sql<Omit<LinkedEvent, 'type' | keyof Title> & TitleRow>`select s.id, ${titleColumn}, e.starts_at as "startsAt",
        e.ends_at as "endsAt", e.all_day as "allDay", e.time_zone as "timeZone", e.mode, e.country, e.address
      from event e join subject s on s.id = e.subject_id ${textJoin(reader.language, reader.person)} where s.id = any(${events}::uuid[])`,
  );
  return sorted(
    links,
    'to',
    found.map((each) => ({ ...each, ...showTitleRow(each, reader) })),
  );
}

/** Of these events, those with a report that is open to this reader: a hidden one hides everything it names. */
async function reported(em: Em, ids: readonly string[], reader: Reader): Promise<string[]> {
  const found = await rows(
    em,
    sql<{ id: string }>`select rp.event_id as id from report rp join subject s on s.id = rp.subject_id
      where rp.event_id = any(${[...ids]}::uuid[]) and ${openTo(reader.person)}`,
  );
  return found.map(({ id }) => id);
}

/** What stands at the other end of each link, by the id on its `side`. */
function sorted<Linked extends { id: string }>(
  links: readonly Link[],
  side: 'from' | 'to',
  found: readonly Linked[],
): Map<string, (Linked & { type: LinkType })[]> {
  const known = new Map(found.map((each) => [each.id, each]));
  const all = new Map<string, (Linked & { type: LinkType })[]>();
  for (const link of links) {
    const other = known.get(side === 'from' ? link.to : link.from);
    if (other) all.set(link[side], [...(all.get(link[side]) ?? []), { ...other, type: link.type }]);
  }
  return all;
}
