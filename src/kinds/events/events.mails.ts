import { sql } from 'kysely';

import { direction } from '#translation/languages.ts';
import { reasonParagraphs, untilTranslated } from '../../services/notifications/mails.ts';
import { row, rows, type Em } from '../../platform/db/database.ts';
import { formatDate, type T } from '../../platform/i18n.ts';
import { withoutOverrides } from '../../platform/input.ts';
import type { JobData } from '../../platform/jobs.ts';
import type { Mail } from '../../platform/mail/mail.ts';
import type { Letter } from '../../services/house/feature.ts';
import type { House } from '../../services/house/house.ts';
import { isPublic } from '../../services/subjects/subjects.ts';
import { asRead, textColumn, textJoin, type TextRow } from '../../services/texts/texts.reads.ts';
import { SEAT_MAIL } from '../registrations/registrations.ts';

export const CHANGED_MAIL = 'mail-event-changed';
export const CANCELLED_MAIL = 'mail-event-cancelled';
export const REMINDER_MAIL = 'mail-report-reminder';

const REMINDER_HOUR = 9;

/** In the morning of the day after the end, on the clocks of the event. */
export function reminderAt(endsAt: Date, timeZone: string): Date {
  const end = Temporal.Instant.fromEpochMilliseconds(endsAt.getTime()).toZonedDateTimeISO(timeZone);
  const morning = end
    .toPlainDate()
    .add({ days: 1 })
    .toZonedDateTime({ timeZone, plainTime: { hour: REMINDER_HOUR } });
  return new Date(morning.epochMilliseconds);
}

type Topic = 'seat' | 'changed' | 'cancelled' | 'reminder';

/** To those who come about seats and changes, to organizers about their report: by the name of the queue. */
export const EVENT_MAILS: Readonly<Record<string, Letter>> = {
  [SEAT_MAIL]: (house, em, data) => letter(house, em, data, 'seat'),
  [CHANGED_MAIL]: (house, em, data) => toEverybody(house, em, data, 'changed'),
  [CANCELLED_MAIL]: (house, em, data) => toEverybody(house, em, data, 'cancelled'),
  [REMINDER_MAIL]: reminder,
};

/** A job without a person becomes one for each who is registered or waits; done again, it queues nobody twice. */
async function toEverybody(house: House, em: Em, data: JobData, topic: 'changed' | 'cancelled'): Promise<Mail | null> {
  if (data['person']) return letter(house, em, data, topic);
  const people = await rows(
    em,
    sql<{
      id: string;
    }>`select person_id as id from registration where event_id = ${String(data['event'])} order by position`,
  );
  const name = topic === 'changed' ? CHANGED_MAIL : CANCELLED_MAIL;
  for (const { id: person } of people) await house.jobs.send(em, name, { ...data, person }, { once: true });
  return null;
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
  timeZone: string;
  address: string | null;
  url: string | null;
}

async function letter({ words, settings }: House, em: Em, data: JobData, topic: Topic): Promise<Mail | null> {
  const person = await row(
    em,
    sql<{
      language: string;
      reads: string[];
    }>`select interface_language as language, reads from person where id = ${String(data['person'])} and email is not null`,
  );
  const event = person && (await readEvent(em, data, person));
  if (!event) return null;
  const { language } = person;
  const t = words.in(language);
  const { translation, title: original } = event.text;
  const title = withoutOverrides((translation?.state === 'ready' ? translation.title : null) ?? original ?? '');
  const reason = topic === 'cancelled' ? await readReason(em, String(data['decision']), person, t) : [];
  const path = `/${language}/events/${String(data['event'])}${topic === 'reminder' ? '/report' : ''}`;
  return {
    to: event.email,
    language,
    dir: direction(language) === 'rtl' ? 'rtl' : 'ltr',
    subject: t(`mails:${topic}.subject`, { title }),
    paragraphs: [t(`mails:${topic}.body`, { title }), whenAndWhere(event, t), ...reason, t(`mails:${topic}.hint`)],
    button: { words: t(`mails:${topic}.button`), url: `${settings.publicUrl}${path}` },
  };
}

function whenAndWhere({ startsAt, timeZone, address, url }: EventRow, t: T): string {
  const when = `${formatDate(startsAt, t.language, timeZone, { time: true })} (${timeZone})`;
  return [when, address, url]
    .filter((each) => each !== null)
    .map(withoutOverrides)
    .join('\n');
}

interface Addressee {
  language: string;
  /** Languages that are not translated for them. */
  reads: readonly string[];
}

async function readEvent(em: Em, data: JobData, { language, reads }: Addressee): Promise<EventRow | null> {
  const found = await row(
    em,
    sql<EventRow>`select p.email, e.starts_at as "startsAt", e.time_zone as "timeZone", e.address, e.url, ${textColumn}
      from event e join subject s on s.id = e.subject_id ${textJoin(language)} join person p on p.id = ${String(data['person'])}
      where e.subject_id = ${String(data['event'])} and ${isPublic}`,
  );
  return found && asRead(found, reads);
}

async function readReason(em: Em, id: string, { language, reads }: Addressee, t: T): Promise<string[]> {
  const found = await untilTranslated(async () => {
    const reason = await row(
      em,
      sql<TextRow>`select ${textColumn} from subject s ${textJoin(language)} where s.id = ${id}`,
    );
    return reason && asRead(reason, reads);
  });
  return found ? [t('mails:cancelled.reason'), ...reasonParagraphs(found, t)] : [];
}
