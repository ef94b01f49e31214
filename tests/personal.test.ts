import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { features, personalOf } from '../src/features.ts';
import { rows } from '../src/platform/db/database.ts';
import { transaction } from '../src/platform/db/guard.ts';
import type { PersonalData } from '../src/services/house/personal.ts';
import { freshDatabase, type TestDatabase } from './support/databases.ts';
import { canBePersonal, faultsOf, readColumns, type Column } from './support/personal-data.ts';

const declared = personalOf(features);
let opened: TestDatabase;
let columns: Column[];
beforeAll(async () => {
  opened = await freshDatabase();
  columns = await readColumns(opened.database.em());
});
afterAll(async () => {
  await opened.database.close();
  await opened.drop();
});

/** What is wrong once the tables have become these; they are put back. */
async function faultsAfter(...statements: string[]): Promise<string[]> {
  let faults: string[] = [];
  const undone = transaction(opened.database.em(), async (em) => {
    for (const statement of statements) await rows(em, sql.raw(statement));
    faults = faultsOf(await readColumns(em), declared).toSorted();
    throw new Error('Put back.');
  });
  await expect(undone).rejects.toThrow('Put back.');
  return faults;
}

describe('personal data', () => {
  test('is declared: every column of the database that could hold some, and none besides', () => {
    expect(columns.filter(canBePersonal).length).toBeGreaterThan(120);
    expect(faultsOf(columns, declared)).toEqual([]);
  });

  test('is declared by the feature that keeps the table', () => {
    const kept = features.map(({ name, entities = [] }) => [
      name,
      entities.map(({ tableName }) => tableName).toSorted(),
    ]);
    expect(features.map(({ name, personal = {} }) => [name, Object.keys(personal).toSorted()])).toEqual(kept);
  });

  test('that a new column could hold is missed, whatever its type', async () => {
    expect(
      await faultsAfter(
        'alter table idea add column phone text',
        'alter table event add column contact jsonb, add column machines inet[], add column starts_on date',
        'alter table report add column checked_by uuid references person',
        'alter table link add column made_by uuid',
        'alter table link add column again boolean, add column at timestamptz, add column via uuid references subject',
      ),
    ).toEqual([
      'event.contact (jsonb) is declared neither personal nor impersonal',
      'event.machines (inet[]) is declared neither personal nor impersonal',
      'event.starts_on (date) is declared neither personal nor impersonal',
      'idea.phone (text) is declared neither personal nor impersonal',
      'link.made_by (uuid) is declared neither personal nor impersonal',
      'report.checked_by (uuid) is declared neither personal nor impersonal',
    ]);
  });

  test('in a new table is missed, in another schema too', async () => {
    expect(
      await faultsAfter(
        'create table pledge (id uuid primary key)',
        'create schema poll',
        'create table poll.vote (id int)',
      ),
    ).toEqual(['pledge is declared by no feature', 'poll.vote is declared by no feature']);
  });

  test('that went is not declared any more', async () => {
    expect(await faultsAfter('alter table idea drop column place', 'drop table text_choice')).toEqual([
      'idea.place is declared, and there is no such column',
      'text_choice is declared, and there is no such table',
      'text_choice.person_id is declared, and there is no such column',
      'text_choice.subject_id is declared, and there is no such column',
      'text_choice.view is declared, and there is no such column',
    ]);
  });

  test('that a feature forgets is missed, each column of it', () => {
    for (const each of declared)
      for (const [table, { personal = {}, impersonal = [] }] of Object.entries(each))
        for (const column of columns.filter((one) => one.table === table && canBePersonal(one))) {
          const { [column.name]: _, ...rest } = personal;
          const less = { personal: rest, impersonal: impersonal.filter((name) => name !== column.name) };
          const faults = faultsOf(columns, [...declared.filter((one) => one !== each), { ...each, [table]: less }]);
          expect(faults).toContain(
            `${table}.${column.name} (${column.type}) is declared neither personal nor impersonal`,
          );
        }
  });

  test.each<[declaration: PersonalData, fault: string]>([
    [{ idea: {} }, 'idea is declared twice'],
    [{ idea: { personal: { place: { expires: 'soon' } }, impersonal: ['place'] } }, 'idea.place is declared both ways'],
    [{ subject: { impersonal: ['author_id'] } }, 'subject.author_id leads to a person'],
    [{ idea: { personal: { place: published('subject_id') } } }, 'idea.place leads to no person by subject_id'],
    [
      { idea: { personal: { place: published('subject_id.space_id') } } },
      'idea.place leads to no person by subject_id.space_id',
    ],
    [{ idea: { personal: { place: published('author_id') } } }, 'idea.place leads to no person by author_id'],
    [
      { sign_in_link: { personal: { email: { of: 'id', exported: true, erasure: 'delete' } } } },
      'sign_in_link.email leads to no person by id',
    ],
    [{ role: { personal: { name: published('person_id') } } }, 'role.name cannot become null'],
    [
      { role: { personal: { person_id: { exported: false, erasure: 'delete' }, name: published('person_id') } } },
      'role.name stays, and person_id is deleted',
    ],
    [
      { memory: { personal: { text: { derivedFrom: ['text.words'] } } } },
      'memory.text is made from text.words, which nobody declared personal',
    ],
  ])('declared as %j is refused', (declaration, fault) => {
    expect(faultsOf(columns, [...declared, declaration])).toContain(fault);
  });
});

function published(of: string) {
  return { of, exported: true, erasure: 'ask' } as const;
}
