import { strict as assert } from 'node:assert';

import { sql } from 'kysely';
import { z } from 'zod';

import { findHeldEvent } from '../events/events.ts';
import { importIdea, ideaInput, postIdea } from '../ideas/ideas.ts';
import { row, rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { tables } from '../../platform/db/tables.ts';
import { HttpError, InvalidInput } from '../../platform/http/errors.ts';
import { optionalText, writtenText } from '../../platform/input.ts';
import type { Person } from '../../platform/person.ts';
import type { Kind, SubjectRow } from '../../services/house/kinds.ts';
import { readLinks, replaceLinks, type Link } from '../../services/subjects/links.ts';
import { isId, openTo, publishSubject } from '../../services/subjects/subjects.ts';
import { contribute, revise } from '../../services/texts/contributions.ts';
import { prepareText, storeText } from '../../services/texts/texts.ts';
import type { Languages } from '../../platform/languages.ts';
import { Report } from './report.entity.ts';
import { reportActs } from './reports.policy.ts';

export const TITLE_CHARACTERS = 150;
export const BODY_CHARACTERS = 10_000;
const ATTENDEES = 1_000_000;
/** An evening discusses a handful; a whole assembly some dozens. */
const IDEAS = 50;
/** What was new and had many voices; the rest is posted like any idea. */
export const NEW_IDEAS = 3;

export const reportKind = {
  kind: 'report',
  noun: 'site:noun.report',
  path: ({ id }) => `/reports/${id}`,
  hideable: true,
  isSought: true,
  limits: { title: TITLE_CHARACTERS, body: BODY_CHARACTERS },
  invites: ['comment'],
} as const satisfies Kind;

/** What an organizer gives for a report: the same for the form, the API and the description of the API. */
export const reportInput = z
  .object({
    title: optionalText(TITLE_CHARACTERS).meta({ description: 'May be left out' }),
    body: writtenText({ max: BODY_CHARACTERS, required: 'reportRequired', multiline: true }).meta({
      description: 'What came of it: Markdown without HTML',
    }),
    language: z
      .string({ error: 'language' })
      .max(10, { error: 'language' })
      .nullish()
      .meta({ description: 'What its author says it is written in; otherwise it is detected' }),
    attendees: z
      .int({ error: 'attendees' })
      .min(0, { error: 'attendees' })
      .max(ATTENDEES, { error: 'attendees' })
      .meta({ description: 'How many came' }),
    ideas: z
      .array(z.string().max(100))
      .default([])
      .meta({ description: 'Ids of ideas that were discussed, those born there among them' }),
    newIdeas: z
      .array(ideaInput)
      .max(NEW_IDEAS)
      .default([])
      .meta({ description: 'Ideas born there that are not written down yet' }),
  })
  .refine(({ ideas, newIdeas }) => ideas.length + newIdeas.length <= IDEAS, {
    error: 'tooManyIdeas',
    path: ['ideas'],
    params: { max: IDEAS },
  })
  .meta({ id: 'ReportInput' });

export type ReportInput = z.output<typeof reportInput>;

export interface Reporting {
  eventId: string;
  input: ReportInput;
  interfaceLanguage: string;
  /** The version its author saw, 0 for none: throws 412 when it is not the last any more. Left out, the last is replaced. */
  version?: number | undefined;
}

interface Services {
  languages: Languages;
  person: Person;
}

/**
 * Publishes the one report of an event, or its next version, with the ideas it links. Throws 403 for all but the organizer, 409 before the
 * end and when the event was cancelled, 422 for anything but a public idea, 429 over the limits. Two at once make one report: the event
 * is locked.
 */
export async function publishReport(
  em: Em,
  services: Services,
  { eventId, input, interfaceLanguage, version }: Reporting,
): Promise<{ id: string; isNew: boolean }> {
  const { person } = services;
  return transaction(em, async (inner) => {
    const event = await findHeldEvent(inner, eventId, person);
    const before = await findVersion(inner, eventId);
    const last = before?.version ?? 0;
    if (version !== undefined && version !== last)
      throw new HttpError(412, 'errors:changedMeanwhile', { details: { version: last } });
    const links = await linksOf(inner, services, event, { input, interfaceLanguage });
    const written = { ...input, interfaceLanguage };
    const { attendees } = input;
    if (before)
      await revise(inner, services, { id: before.id, version: last, written, act: reportActs.edit }, async () => {
        await tables(inner, Report)
          .updateTable('report')
          .set({ attendees })
          .where('subjectId', '=', before.id)
          .execute();
      });
    const id =
      before?.id ??
      (await contribute(inner, services, { written, body: null }, async (_, text) => {
        const { spaceId } = event;
        const subject = { kind: 'report', spaceId, authorId: person.id, textId: text.id, parent: event };
        const subjectId = await publishSubject(inner, subject, text.language);
        await store(inner, { subjectId, eventId, attendees });
        return subjectId;
      }));
    await replaceLinks(inner, eventId, links, person.id);
    return { id, isNew: !before };
  });
}

/** The report of an event and the revision it has, hidden or not. */
function findVersion(em: Em, eventId: string): Promise<{ id: string; version: number } | null> {
  return row(
    em,
    sql<{
      id: string;
      version: number;
    }>`select s.id, s.revision as version from report r join subject s on s.id = r.subject_id where r.event_id = ${eventId}`,
  );
}

/** Publishes the new ideas and says how each is linked: an idea born at the event stays so. */
async function linksOf(
  em: Em,
  { languages, person }: Services,
  event: SubjectRow,
  { input: { ideas, newIdeas }, interfaceLanguage }: Pick<Reporting, 'input' | 'interfaceLanguage'>,
): Promise<Omit<Link, 'from'>[]> {
  assert(event.spaceId, 'an event without a theme');
  const space = { id: event.spaceId };
  const born = new Set<string>();
  // Sent twice, the same words written up for the same event are one idea.
  for (const input of newIdeas)
    born.add(
      await postIdea(em, languages, person, {
        space,
        input,
        interfaceLanguage,
        key: { name: JSON.stringify(['born', event.id, input]), isForm: false },
      }),
    );
  const all = new Set([...ideas, ...born]);
  await refuseGone(em, [...all], person);
  for (const { to, type } of await readLinks(em, 'from', [event.id], person)) if (type === 'born') born.add(to);
  return [...all].map((to) => ({ to, type: born.has(to) ? 'born' : 'discussed' }));
}

/** Throws 422 unless all of these are ideas that are open to this person. */
async function refuseGone(em: Em, ids: readonly string[], person: Person): Promise<void> {
  const found = await rows(
    em,
    sql`select 1 from subject s where s.id = any(${ids.filter(isId)}::uuid[]) and s.kind = 'idea' and ${openTo(person)}`,
  );
  if (found.length < ids.length) throw new InvalidInput([{ field: 'ideas', key: 'errors:ideaGone', params: {} }]);
}

export interface ImportedReport {
  event: { id: string; rootId: string; spaceId: string };
  authorId: string;
  body: string;
  language: string;
  attendees: number;
  ideas: readonly string[];
  newIdeas: readonly { title: string; body: string }[];
  publishedAt: Date;
}

/** Stores a report that was written elsewhere or earlier, with the ideas it links, in the transaction of `em`. Returns its id. */
export async function importReport(em: Em, languages: Languages, report: ImportedReport): Promise<string> {
  const { event, authorId, body, language, attendees, ideas, newIdeas, publishedAt } = report;
  const { spaceId } = event;
  const prepared = prepareText(languages, { title: null, body, language, interfaceLanguage: language });
  const text = { ...prepared, decidedBy: 'import' as const };
  const subject = { kind: 'report', spaceId, authorId, textId: text.id, parent: event, publishedAt };
  const id = await publishSubject(em, subject, language);
  await store(em, { subjectId: id, eventId: event.id, attendees });
  await storeText(em, languages, { subjectId: id, version: 1, text });
  const links: Omit<Link, 'from'>[] = ideas.map((to) => ({ to, type: 'discussed' }));
  for (const words of newIdeas) {
    const idea = await importIdea(em, languages, { ...words, spaceId, authorId, language, publishedAt, source: null });
    links.push({ to: idea.id, type: 'born' });
  }
  await replaceLinks(em, event.id, links, authorId);
  return id;
}

async function store(em: Em, report: { subjectId: string; eventId: string; attendees: number }): Promise<void> {
  await tables(em, Report).insertInto('report').values(report).execute();
}
