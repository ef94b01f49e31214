import { sql } from 'kysely';
import { z } from 'zod';

import { row, rows, type Em } from '../../../src/platform/db/database.ts';
import { transaction } from '../../../src/platform/db/guard.ts';
import { notFound } from '../../../src/platform/http/errors.ts';
import { writtenText } from '../../../src/platform/input.ts';
import type { Person } from '../../../src/platform/person.ts';
import type { Reader } from '../../../src/platform/reader.ts';
import type { Contribution, Doing, Editing, Posting } from '../../../src/services/contributions/contribution.ts';
import { acts } from '../../../src/services/house/acts.ts';
import type { Counter, Kind } from '../../../src/services/house/kinds.ts';
import { countColumns } from '../../../src/services/subjects/counts.ts';
import { admit } from '../../../src/services/subjects/gate.ts';
import { findSubject, gone, isPublic, publishSubject, recordAct } from '../../../src/services/subjects/subjects.ts';
import {
  contributionColumns,
  contributionJoins,
  showContribution,
  type ContributionRow,
} from '../../../src/services/texts/contributions.reads.ts';
import { contribute, revise } from '../../../src/services/texts/contributions.ts';

// A kind that no platform has: somebody promises something, others join. It comes from outside, so that a test sees what a kind needs.

/** Its two tables, as a migration would make them. */
export const PLEDGE_TABLES = `
  create table pledge (subject_id uuid primary key references subject on delete cascade, hours int not null);
  create table pledge_signature (
    subject_id uuid not null references subject on delete cascade,
    person_id uuid not null references person,
    created_at timestamptz not null default now(),
    primary key (subject_id, person_id))`;

export const pledgeKind = {
  kind: 'pledge',
  noun: 'site:noun.idea',
  path: ({ id }) => `/pledges/${id}`,
  hideable: true,
  limits: { title: 100, body: 2_000 },
  invites: ['comment', 'endorsement'],
} as const satisfies Kind;

export const pledgeActs = acts('pledge', {
  post: { who: ['signed in'] },
  edit: { who: ['author'], while: 'open' },
  withdraw: { who: ['author'], while: 'open' },
  sign: { who: ['signed in'], while: 'open' },
});

export const pledgeInput = z.object({
  title: writtenText({ max: 100, required: 'titleRequired' }),
  body: writtenText({ max: 2_000, required: 'bodyRequired', multiline: true }),
  /** A month. */
  hours: z.coerce.number({ error: 'invalidField' }).int().min(1).max(500),
  language: z.string({ error: 'language' }).max(10, { error: 'language' }).nullish(),
});
export type PledgeInput = z.output<typeof pledgeInput>;

export interface ShownPledge extends Contribution {
  hours: number;
}

export async function postPledge(
  em: Em,
  { languages, person }: Doing,
  { space, input, interfaceLanguage, key }: Posting<PledgeInput>,
): Promise<string> {
  await admit(em, person, { act: pledgeActs.post, space });
  const contribution = { written: { ...input, interfaceLanguage }, body: [space.id, input], key };
  return contribute(em, { languages, person }, contribution, async (inner, { id: textId, language }) => {
    const subject = { kind: 'pledge', spaceId: space.id, authorId: person.id, textId };
    const id = await publishSubject(inner, subject, language);
    await rows(inner, sql`insert into pledge (subject_id, hours) values (${id}, ${input.hours})`);
    return id;
  });
}

export async function editPledge(
  em: Em,
  { languages, person }: Doing,
  { id, version, input, interfaceLanguage }: Editing<PledgeInput>,
): Promise<void> {
  const written = { ...input, interfaceLanguage };
  await revise(em, { languages, person }, { id, version, written, act: pledgeActs.edit }, async (inner) => {
    await rows(inner, sql`update pledge set hours = ${input.hours} where subject_id = ${id}`);
  });
}

type PledgeRow = ContributionRow & { hours: number; counts: Record<string, number> };

const selected = (reader: Reader) =>
  sql`select ${contributionColumns}, ${countColumns}, pl.hours from subject s ${contributionJoins(reader)}
    join pledge pl on pl.subject_id = s.id`;

const show = (found: PledgeRow, reader: Reader): ShownPledge => ({
  ...showContribution(found, reader),
  hours: found.hours,
  counts: found.counts,
});

export async function findPledge(em: Em, id: string, reader: Reader): Promise<ShownPledge> {
  const subject = await findSubject(em, id, reader.person);
  if (subject.kind !== 'pledge') throw notFound();
  const found = await row(em, sql<PledgeRow>`${selected(reader)} where s.id = ${id}`);
  if (!found) throw gone(subject);
  return show(found, reader);
}

export async function listPledges(
  em: Em,
  { limit, before, authorId }: { limit: number; before?: { at: string; id: string } | undefined; authorId?: string },
  reader: Reader,
): Promise<ShownPledge[]> {
  const older = before ? sql`and (s.published_at, s.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``;
  const own = authorId ? sql`and s.author_id = ${authorId}` : sql``;
  const found = await rows(
    em,
    sql<PledgeRow>`${selected(reader)} where s.kind = 'pledge' and ${isPublic} ${older} ${own}
      order by s.published_at desc, s.id desc limit ${limit}`,
  );
  return found.map((each) => show(each, reader));
}

/** How many have joined. */
export const signatureCounter: Counter = {
  name: 'signatures',
  count: (ids) =>
    sql`select subject_id, count(*)::int as value from pledge_signature where subject_id = any(${[...ids]}::uuid[]) group by subject_id`,
};

/** Joins a pledge; asked twice, nothing changes. Throws 410 for what is closed. */
export async function signPledge(em: Em, person: Person, id: string): Promise<void> {
  const subject = await findSubject(em, id, person);
  await admit(em, person, { act: pledgeActs.sign, subject });
  await transaction(em, async (inner) => {
    const signed = sql`insert into pledge_signature (subject_id, person_id) values (${id}, ${person.id}) on conflict do nothing returning 1`;
    if ((await rows(inner, signed)).length > 0) await recordAct(inner, 'signed', subject, { actorId: person.id });
  });
}
