import { sql } from 'kysely';
import { z } from 'zod';

import type { Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { databaseTime, now } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import { HttpError, InvalidInput, notFound } from '../../platform/http/errors.ts';
import { writtenText } from '../../platform/input.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Person } from '../../platform/person.ts';
import { isSentTwice } from '../../services/moderation/decisions.reads.ts';
import { storeDecision } from '../../services/moderation/moderation.ts';
import type { Kind, SubjectRow } from '../../services/house/kinds.ts';
import { admit } from '../../services/subjects/gate.ts';
import { findSubject, publishSubject, recordAct } from '../../services/subjects/subjects.ts';
import { contribute, revise } from '../../services/texts/contributions.ts';
import { prepareText, storeText } from '../../services/texts/texts.ts';
import type { Languages } from '../../platform/languages.ts';
import type { Doing, Editing, Posting } from '../../services/contributions/contribution.ts';
import { Event } from './event.entity.ts';
import { BODY_CHARACTERS, TITLE_CHARACTERS, type EventInput } from './event.input.ts';
import { CANCELLED_MAIL, CHANGED_MAIL, MESSAGE_MAIL, REMINDER_MAIL, reminderAt } from './events.mails.ts';
import { eventActs } from './events.policy.ts';
import { registrationActs } from '../registrations/registrations.policy.ts';
import { countRegistered, moveUp } from '../registrations/registrations.ts';

export const eventKind = {
  kind: 'event',
  noun: 'site:noun.event',
  path: ({ id }) => `/events/${id}`,
  hideable: true,
  isSought: true,
  limits: { title: TITLE_CHARACTERS, body: BODY_CHARACTERS },
  invites: ['report', 'comment'],
} as const satisfies Kind;

/** An event, held until the transaction ends: everybody who wants a seat there waits. Throws 404 for anything else. */
async function lockEvent(em: Em, id: string) {
  // By the clock of the database: that of a process may be a day ahead.
  const isOver = sql<boolean>`ends_at < now()`.as('isOver');
  const one = tables(em, Event).selectFrom('event').selectAll().select(isOver).where('subjectId', '=', id);
  const found = await one.forUpdate().executeTakeFirst();
  if (!found) throw notFound();
  return found;
}

/** What of it stands in the event's own table: everything but the text. */
function detailsOf({ title: _title, body: _body, language: _language, ...details }: EventInput) {
  return details;
}

/** Announces an event, or records one that was held already. Returns its id. Throws 403 without the role, 409 and 429 as every contribution. */
export async function announceEvent(
  em: Em,
  { languages, jobs, person }: Doing,
  { space, input, interfaceLanguage, key }: Posting<EventInput>,
): Promise<string> {
  await admit(em, person, { act: eventActs.announce, space });
  const contribution = { written: { ...input, interfaceLanguage }, body: [space.id, input], key };
  return contribute(em, { languages, person }, contribution, async (inner, text) => {
    const id = await publishSubject(
      inner,
      { kind: 'event', spaceId: space.id, authorId: person.id, textId: text.id },
      text.language,
    );
    await tables(inner, Event)
      .insertInto('event')
      .values({ subjectId: id, ...detailsOf(input) })
      .execute();
    await remindLater(inner, jobs, id, input);
    return id;
  });
}

/**
 * Changes an event. A new time or place is told by mail to those who come; more seats go to those who wait. Throws 422 when fewer seats are
 * asked for than are taken, 409 when it was cancelled.
 */
export async function editEvent(
  em: Em,
  { languages, jobs, person }: Doing,
  { id, version, input, interfaceLanguage }: Editing<EventInput>,
): Promise<void> {
  await revise(
    em,
    { languages, person },
    { id, version, written: { ...input, interfaceLanguage }, act: eventActs.edit },
    async (inner, subject) => {
      const before = await lockEvent(inner, id);
      if (before.cancelledAt) throw new HttpError(409, 'errors:eventCancelled');
      const taken = await countRegistered(inner, id);
      if (input.capacity !== null && input.capacity < taken)
        throw new InvalidInput([{ field: 'capacity', key: 'errors:capacityTaken', params: { count: taken } }]);
      await tables(inner, Event).updateTable('event').set(detailsOf(input)).where('subjectId', '=', id).execute();
      await moveUp(inner, jobs, subject);
      if (before.endsAt.getTime() !== input.endsAt.getTime()) await remindLater(inner, jobs, id, input);
      if (isElsewhere(before, input) && input.endsAt > (await databaseTime(inner)))
        await tellLater(inner, jobs, before);
    },
  );
}

type Whereabouts = Pick<EventInput, 'startsAt' | 'endsAt' | 'allDay' | 'address' | 'url'>;

/** Another time or another place: people who come have to know. */
function isElsewhere(before: Whereabouts, after: Whereabouts): boolean {
  return (
    before.startsAt.getTime() !== after.startsAt.getTime() ||
    before.endsAt.getTime() !== after.endsAt.getTime() ||
    before.allDay !== after.allDay ||
    before.address !== after.address ||
    before.url !== after.url
  );
}

const HOUR_MILLISECONDS = 3_600_000;

/** One mail tells all changes since the last, an hour after that at the soonest; sooner when the event is near. */
async function tellLater(
  em: Em,
  jobs: Jobs,
  before: Whereabouts & { subjectId: string; believed: object | null; toldAt: Date | null },
): Promise<void> {
  if (before.believed) return; // that mail will tell this change, too
  const { subjectId: id, startsAt, endsAt, allDay, address, url, toldAt } = before;
  const believed = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), allDay, address, url };
  await tables(em, Event).updateTable('event').set({ believed }).where('subjectId', '=', id).execute();
  const isNear = startsAt.getTime() - (await databaseTime(em)).getTime() < 3 * HOUR_MILLISECONDS;
  const after = toldAt && !isNear ? { after: new Date(toldAt.getTime() + HOUR_MILLISECONDS) } : {};
  await jobs.send(em, CHANGED_MAIL, { event: id }, { settles: true, ...after });
}

/** Cancels an event for a reason that everybody reads in their language; all who wanted to come are told by mail. Throws 409 when it is over or cancelled already. */
export async function cancelEvent(
  em: Em,
  { languages, jobs, person }: Doing,
  { id, reason, interfaceLanguage }: { id: string; reason: string; interfaceLanguage: string },
): Promise<void> {
  const text = prepareText(languages, { title: null, body: reason, interfaceLanguage });
  await transaction(em, async (inner) => {
    const subject = await findSubject(inner, id, person, { lock: true });
    await admit(inner, person, { act: eventActs.cancel, subject });
    const { isOver, cancelledAt } = await lockEvent(inner, id);
    if (cancelledAt) throw new HttpError(409, 'errors:eventCancelled');
    if (isOver) throw new HttpError(409, 'errors:eventOver');
    await tables(inner, Event).updateTable('event').set({ cancelledAt: now }).where('subjectId', '=', id).execute();
    const decision = { type: 'cancelled', text, visibility: 'public' } as const;
    const decisionId = await storeDecision(inner, subject, person, decision);
    await storeText(inner, languages, { subjectId: decisionId, version: 1, text });
    await recordAct(inner, 'edited', subject, { actorId: person.id });
    await jobs.send(inner, CANCELLED_MAIL, { event: id, decision: decisionId });
  });
}

/** Marks an event as one of the institutions, or takes the mark away. Throws 403 for everybody but the secretariat. */
export async function markOfficial(
  em: Em,
  person: Person,
  { id, official }: { id: string; official: boolean },
): Promise<void> {
  await transaction(em, async (inner) => {
    const subject = await findSubject(inner, id, person, { lock: true });
    await admit(inner, person, { act: eventActs.markOfficial, subject });
    await lockEvent(inner, id);
    await tables(inner, Event).updateTable('event').set({ official }).where('subjectId', '=', id).execute();
    await recordAct(inner, 'edited', subject, { actorId: person.id });
  });
}

/** An event that is over, open and locked for the transaction, for its organizer to report on. Throws 409 before that, and when it was cancelled. */
export async function findHeldEvent(em: Em, id: string, person: Person): Promise<SubjectRow> {
  const subject = await findSubject(em, id, person, { lock: true });
  await admit(em, person, { act: eventActs.reportOn, subject });
  const { isOver, cancelledAt } = await lockEvent(em, id);
  if (cancelledAt) throw new HttpError(409, 'errors:eventCancelled');
  if (!isOver) throw new HttpError(409, 'errors:reportTooEarly');
  return subject;
}

export interface ImportedEvent {
  spaceId: string;
  authorId: string;
  title: string;
  body: string;
  language: string;
  details: Omit<EventInput, 'title' | 'body' | 'language'>;
  official: boolean;
  cancelled: { reason: string; at: Date } | null;
  publishedAt: Date;
}

/** Stores an event that was announced elsewhere or earlier, in the transaction of `em`. Returns its id. */
export async function importEvent(em: Em, languages: Languages, event: ImportedEvent): Promise<string> {
  const { spaceId, authorId, title, body, language, details, official, cancelled, publishedAt } = event;
  const prepare = (words: { title: string | null; body: string }) => ({
    ...prepareText(languages, { ...words, language, interfaceLanguage: language }),
    decidedBy: 'import' as const,
  });
  const text = prepare({ title, body });
  const id = await publishSubject(em, { kind: 'event', spaceId, authorId, textId: text.id, publishedAt }, language);
  await tables(em, Event)
    .insertInto('event')
    .values({ subjectId: id, ...details, official, cancelledAt: cancelled?.at ?? null })
    .execute();
  await storeText(em, languages, { subjectId: id, version: 1, text });
  if (cancelled) {
    const reason = prepare({ title: null, body: cancelled.reason });
    const decision = { type: 'cancelled', text: reason, visibility: 'public', at: cancelled.at } as const;
    const subjectId = await storeDecision(em, { id, rootId: id, spaceId }, { id: authorId }, decision);
    await storeText(em, languages, { subjectId, version: 1, text: reason });
  }
  return id;
}

/** The day after the end the organizer is asked for the report, unless that is long ago: the report of a past event is written at once. */
async function remindLater(em: Em, jobs: Jobs, id: string, { endsAt, timeZone }: EventInput): Promise<void> {
  const due = reminderAt(endsAt, timeZone);
  if (due > (await databaseTime(em)))
    await jobs.send(em, REMINDER_MAIL, { event: id, due: due.getTime() }, { after: due });
}

export const MESSAGE_CHARACTERS = 2_000;

export const messageInput = z.object({
  message: writtenText({ max: MESSAGE_CHARACTERS, required: 'messageRequired', multiline: true }),
});

/** Sends a message to all who registered or wait, each in their language beside the original, and keeps it. Throws 403, 410 and 429. */
export async function writeToGuests(
  em: Em,
  { languages, jobs, person }: Doing,
  { id, message, interfaceLanguage }: { id: string; message: string; interfaceLanguage: string },
): Promise<void> {
  const text = prepareText(languages, { title: null, body: message, interfaceLanguage });
  await transaction(em, async (inner) => {
    const subject = await findSubject(inner, id, person, { lock: true });
    await admit(inner, person, { act: registrationActs.writeToGuests, subject });
    if (await isSentTwice(inner, id, message)) return;
    const decisionId = await storeDecision(inner, subject, person, { type: 'message', text, visibility: 'author' });
    await storeText(inner, languages, { subjectId: decisionId, version: 1, text });
    await jobs.send(inner, MESSAGE_MAIL, { event: id, decision: decisionId });
  });
}
