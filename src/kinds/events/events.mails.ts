import { sql } from 'kysely';

import { direction } from '#translation/languages.ts';
import { labelledTitle, reasonParagraphs, untilTranslated } from '../../services/notifications/mails.ts';
import { row, rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { formatDate, type T } from '../../platform/i18n.ts';
import { withoutOverrides } from '../../platform/input.ts';
import type { JobData } from '../../platform/jobs.ts';
import type { Mail } from '../../platform/mail/mail.ts';
import type { Letter } from '../../services/house/feature.ts';
import type { House } from '../../services/house/house.ts';
import { zoneName } from '../../services/site/places.ts';
import { isPublic } from '../../services/subjects/subjects.ts';
import { asRead, textColumn, textJoin, type TextRow } from '../../services/texts/texts.reads.ts';
import { REGISTERED_MAIL, SEAT_MAIL } from '../registrations/registrations.ts';

export const CHANGED_MAIL = 'mail-event-changed';
export const CANCELLED_MAIL = 'mail-event-cancelled';
export const REMINDER_MAIL = 'mail-report-reminder';
export const MESSAGE_MAIL = 'mail-event-message';
export const ASKED_MAIL = 'mail-report-asked';
const TOMORROW_MAIL = 'mail-event-tomorrow';

const REMINDER_HOUR = 9;

/** In the morning of the day after the end, on the clocks of the event. */
export function reminderAt(endsAt: Date, timeZone: string): Date {
  // What ends at midnight was held on the day before it.
  const end = Temporal.Instant.fromEpochMilliseconds(endsAt.getTime() - 1).toZonedDateTimeISO(timeZone);
  const morning = end
    .toPlainDate()
    .add({ days: 1 })
    .toZonedDateTime({ timeZone, plainTime: { hour: REMINDER_HOUR } });
  return new Date(morning.epochMilliseconds);
}

type Topic =
  | 'registered'
  | 'waiting'
  | 'seat'
  | 'changed'
  | 'cancelled'
  | 'tomorrow'
  | 'reminder'
  | 'asked'
  | 'message';

/** To those who come about seats and changes, to organizers about their report: by the name of the queue. */
export const EVENT_MAILS: Readonly<Record<string, Letter>> = {
  [SEAT_MAIL]: (house, em, data) => letter(house, em, data, 'seat'),
  [REGISTERED_MAIL]: registered,
  [CHANGED_MAIL]: changed,
  [CANCELLED_MAIL]: (house, em, data) => toEverybody(house, em, data, 'cancelled'),
  [MESSAGE_MAIL]: (house, em, data) => toEverybody(house, em, data, 'message'),
  [TOMORROW_MAIL]: tomorrow,
  [REMINDER_MAIL]: reminder,
  [ASKED_MAIL]: (house, em, data) => letter(house, em, data, 'asked'),
};

const QUEUES = { changed: CHANGED_MAIL, cancelled: CANCELLED_MAIL, message: MESSAGE_MAIL, tomorrow: TOMORROW_MAIL };

/** A job without a person becomes one for each who is registered or waits; done again, it queues nobody twice. */
async function toEverybody(house: House, em: Em, data: JobData, topic: keyof typeof QUEUES): Promise<Mail | null> {
  if (data['person']) return letter(house, em, data, topic);
  const isComing = topic === 'tomorrow' ? sql`state = 'registered'` : sql`true`;
  const people = await rows(
    em,
    sql<{
      id: string;
    }>`select person_id as id from registration where event_id = ${String(data['event'])} and ${isComing} order by position`,
  );
  for (const { id: person } of people) await house.jobs.send(em, QUEUES[topic], { ...data, person }, { once: true });
  return null;
}

/** Everything that changed since they were told last, in one mail; nothing when all is as they believe. */
async function changed(house: House, em: Em, data: JobData): Promise<Mail | null> {
  if (data['person']) return letter(house, em, data, 'changed');
  return transaction(em, async (inner) => {
    const found = await row(
      inner,
      sql<{ believed: object | null; at: number }>`
        update event set believed = null, told_at = now() from (select believed from event where subject_id = ${String(data['event'])} for update) before
        where subject_id = ${String(data['event'])} returning before.believed, extract(epoch from now())::int as at`,
    );
    if (!found?.believed) return null;
    const told = { ...data, at: found.at, believed: JSON.stringify(found.believed) };
    return toEverybody(house, inner, told, 'changed');
  });
}

/** They have a seat, or a place in the line, and can see when and where. Nothing when they took it back meanwhile. */
async function registered(house: House, em: Em, data: JobData): Promise<Mail | null> {
  const found = await row(
    em,
    sql<{
      state: 'registered' | 'waiting';
    }>`select state from registration where event_id = ${String(data['event'])} and person_id = ${String(data['person'])}`,
  );
  return found && letter(house, em, data, found.state);
}

/** The day before, unless it was moved or called off. */
async function tomorrow(house: House, em: Em, data: JobData): Promise<Mail | null> {
  const event = await row(
    em,
    sql<{
      starts: number;
    }>`select extract(epoch from starts_at)::int as starts from event where subject_id = ${String(data['event'])} and cancelled_at is null`,
  );
  return event?.starts === data['starts'] ? toEverybody(house, em, data, 'tomorrow') : null;
}

/** Events that begin in a day: those who come are reminded, once for each time that it was set to. */
export async function remindOfTomorrow({ database, jobs }: House): Promise<void> {
  const em = database.em();
  const due = await rows(
    em,
    sql<{ event: string; starts: number }>`select e.subject_id as event, extract(epoch from e.starts_at)::int as starts
      from event e join subject s on s.id = e.subject_id
      where e.starts_at between now() + interval '20 hours' and now() + interval '24 hours' and e.cancelled_at is null and ${isPublic}`,
  );
  for (const data of due) await jobs.send(em, TOMORROW_MAIL, { ...data }, { once: true });
}

/** Only when the report is still missing, and the end was not moved since. */
async function reminder(house: House, em: Em, data: JobData): Promise<Mail | null> {
  const event = await row(
    em,
    sql<{ person: string; endsAt: Date; timeZone: string }>`
      select s.author_id as person, e.ends_at as "endsAt", e.time_zone as "timeZone" from event e join subject s on s.id = e.subject_id
      where e.subject_id = ${String(data['event'])} and e.cancelled_at is null and ${isPublic}
        and not exists (select 1 from report r where r.event_id = e.subject_id)`,
  );
  if (!event || reminderAt(event.endsAt, event.timeZone).getTime() !== data['due']) return null;
  return letter(house, em, { ...data, person: event.person }, 'reminder');
}

interface EventRow extends TextRow {
  email: string;
  startsAt: Date;
  endsAt: Date;
  allDay: boolean;
  timeZone: string;
  address: string | null;
  /** Where it is met online; null for who may not see it. */
  url: string | null;
  seesLink: boolean;
}

async function letter({ words, settings }: House, em: Em, data: JobData, topic: Topic): Promise<Mail | null> {
  const person = await row(
    em,
    sql<{
      language: string;
      texts: string;
      reads: string[];
    }>`select interface_language as language, coalesce(texts_language, interface_language) as texts, reads from person where id = ${String(data['person'])} and email is not null`,
  );
  const event = person && (await readEvent(em, data, person));
  if (!event) return null;
  const { language } = person;
  const t = words.in(language);
  const changes = topic === 'changed' ? changesOf(data, event, t) : [];
  if (topic === 'changed' && changes.length === 0 && !event.seesLink) return null; // only the link that they may not see
  const title = withoutOverrides(labelledTitle(event, t));
  const reason = data['decision'] ? await readReason(em, data, { ...person, topic }, t) : [];
  const isOfReport = topic === 'reminder' || topic === 'asked';
  const path = `/${language}/events/${String(data['event'])}${isOfReport ? '/report' : ''}`;
  return {
    to: event.email,
    language,
    dir: direction(language) === 'rtl' ? 'rtl' : 'ltr',
    subject: t(`mails:${topic}.subject`, { title }),
    paragraphs: [
      t(`mails:${topic}.body`, { title }),
      ...changes,
      ...(topic === 'changed' ? [t('mails:changed.now')] : []),
      whenAndWhere(event, t),
      ...reason,
      t(`mails:${isOfReport ? 'report' : topic}.hint`),
    ],
    button: { words: t(`mails:${isOfReport ? 'report' : 'event'}.button`), url: `${settings.publicUrl}${path}` },
  };
}

interface Believed extends Partial<Record<'startsAt' | 'endsAt' | 'address' | 'url', string | null>> {
  allDay?: boolean;
}

type Times = Pick<EventRow, 'startsAt' | 'endsAt' | 'allDay' | 'timeZone'>;

/** Beginning and end in words; of whole days the first and the last. */
function timesIn({ startsAt, endsAt, allDay, timeZone }: Times, t: T): [string, string] {
  const write = (at: Date) => formatDate(at, t.language, timeZone, { time: !allDay });
  return [write(startsAt), write(allDay ? new Date(endsAt.getTime() - 1) : endsAt)];
}

/** What is new, each from → to. */
function changesOf({ believed }: JobData, event: EventRow, t: T): string[] {
  const { startsAt, endsAt, allDay, timeZone, address, url, seesLink } = event;
  const before: Believed = JSON.parse(String(believed));
  const times = (each: Omit<Times, 'timeZone'>) => timesIn({ ...each, timeZone }, t);
  const believedTimes = times({
    startsAt: new Date(before.startsAt ?? startsAt),
    endsAt: new Date(before.endsAt ?? endsAt),
    allDay: before.allDay ?? false,
  });
  const was = [...believedTimes, before.address, before.url];
  const is = [...times({ startsAt, endsAt, allDay }), address, url];
  const names = ['events:startsAt', 'events:endsAt', 'events:address', 'events:url'] as const;
  const lines = names.flatMap((name, at) => {
    const [from, to] = [was[at] ?? '–', is[at] ?? '–'];
    const isHidden = name === 'events:url' && !seesLink;
    return from === to || isHidden ? [] : [`${t(name)}: ${from} → ${to}`];
  });
  return lines.length > 0 ? [lines.map(withoutOverrides).join('\n')] : [];
}

function whenAndWhere(event: EventRow, t: T): string {
  const { timeZone, address, url } = event;
  const [from, until] = timesIn(event, t);
  const when = `${from === until ? from : `${from} – ${until}`} (${zoneName(timeZone, t.language)})`;
  return [when, address, url]
    .filter((each) => each !== null)
    .map(withoutOverrides)
    .join('\n');
}

interface Addressee {
  /** In which they read texts. */
  texts: string;
  /** Languages that are not translated for them. */
  reads: readonly string[];
}

async function readEvent(em: Em, data: JobData, { texts, reads }: Addressee): Promise<EventRow | null> {
  const found = await row(
    em,
    sql<EventRow>`select p.email, e.starts_at as "startsAt", e.ends_at as "endsAt", e.all_day as "allDay", e.time_zone as "timeZone", e.address,
        case when l.sees then e.url end as url, l.sees as "seesLink", ${textColumn}
      from event e join subject s on s.id = e.subject_id ${textJoin(texts)} join person p on p.id = ${String(data['person'])}
      cross join lateral (select e.online_url_for <> 'registered' or s.author_id = p.id or exists (select 1 from registration g
        where g.event_id = e.subject_id and g.person_id = p.id and g.state = 'registered') as sees) l
      where e.subject_id = ${String(data['event'])} and ${isPublic}`,
  );
  return found && asRead(found, reads);
}

async function readReason(
  em: Em,
  { decision }: JobData,
  { texts, reads, topic }: Addressee & { topic: Topic },
  t: T,
): Promise<string[]> {
  const found = await untilTranslated(async () => {
    const reason = await row(
      em,
      sql<TextRow>`select ${textColumn} from subject s ${textJoin(texts)} where s.id = ${String(decision)}`,
    );
    return reason && asRead(reason, reads);
  });
  if (found && topic === 'message') return messageParagraphs(found, t);
  return found ? [t('mails:cancelled.reason'), ...reasonParagraphs(found, t)] : [];
}

/** As it was written, and below it what an engine made of it. */
function messageParagraphs({ text: { translation, body } }: TextRow, t: T): string[] {
  const translated = translation?.state === 'ready' ? [t('mails:message.translated'), translation.body ?? ''] : [];
  return [body ?? '', ...translated];
}
