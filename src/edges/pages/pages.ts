import { sql } from 'kysely';
import { z } from 'zod';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { tables } from '../../platform/db/tables.ts';
import { HttpError } from '../../platform/http/errors.ts';
import { writtenText } from '../../platform/input.ts';
import type { Person } from '../../platform/person.ts';
import { admit } from '../../services/subjects/gate.ts';
import { pageActs } from './pages.policy.ts';
import { ServicePage } from './service-page.entity.ts';

/** The pages that a public service owes its visitors. */
export const PAGES = ['privacy', 'accessibility', 'legal', 'contact', 'help', 'charter'] as const;
export type PageName = (typeof PAGES)[number];

const BODY_CHARACTERS = 50_000;

/** More than anybody writes, and fewer than the database can count. */
const VERSIONS = 1_000_000_000;

export const pageInput = z.object({
  body: writtenText({ max: BODY_CHARACTERS, multiline: true }),
  language: z.string().max(10),
  version: z.coerce.number().int().min(0).max(VERSIONS),
});

export interface Shown {
  language: string;
  version: number;
  body: string;
}

/** The page in the first of these languages that it is there in, else in any; null while nobody has written it. */
export function readServicePage(em: Em, name: PageName, languages: readonly string[]): Promise<Shown | null> {
  return row(
    em,
    sql<Shown>`select language, version, body from service_page where name = ${name}
      order by coalesce(array_position(${[...languages]}::text[], language), 99), language, version desc limit 1`,
  );
}

/** The page in this language alone; version 0 while it is not there. */
export async function readInLanguage(em: Em, name: PageName, language: string): Promise<Shown> {
  const found = await row(
    em,
    sql<Shown>`select language, version, body from service_page where name = ${name} and language = ${language} order by version desc limit 1`,
  );
  return found ?? { language, version: 0, body: '' };
}

/** In which languages each page is there. */
export async function languagesOfPages(em: Em): Promise<ReadonlyMap<string, string[]>> {
  const found = await rows(
    em,
    sql<{
      name: string;
      languages: string[];
    }>`select name, array_agg(distinct language order by language) as languages from service_page group by name`,
  );
  return new Map(found.map(({ name, languages }) => [name, languages]));
}

/** Stores a new version. Throws 412 when somebody was faster. */
export async function writePage(
  em: Em,
  person: Person,
  { name, language, body, version }: z.output<typeof pageInput> & { name: PageName },
): Promise<void> {
  await admit(em, person, { act: pageActs.write });
  await transaction(em, async (inner) => {
    const { numInsertedOrUpdatedRows: mine } = await tables(inner, ServicePage)
      .insertInto('service_page')
      .values({ name, language, version: version + 1, body, writtenBy: person.id })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!mine) throw new HttpError(412, 'errors:changedMeanwhile');
  });
}
