import { formatTag } from '../../platform/formats.ts';
import { stringify } from 'csv-stringify/sync';

import type { Acts } from './acts.ts';
import type { SecretariatDesk } from './desk.reads.ts';

/** Between cells. */
export const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t' } as const;
export type Separator = keyof typeof SEPARATORS;

/** What spreadsheets of this language expect: where the comma is in numbers, it cannot be between them. */
export function separatorIn(language: string): Separator {
  const decimal = new Intl.NumberFormat(formatTag(language))
    .formatToParts(1.5)
    .find(({ type }) => type === 'decimal')?.value;
  return decimal === '.' ? 'comma' : 'semicolon';
}

const LABELS = ['section_label', 'key_label', 'key2_label'] as const;

interface CsvOptions {
  /** Slug of the only one. */
  space: string | null;
  /** Where an event is read. */
  eventUrl(id: string): string;
  separator: Separator;
  /** Words for codes, in columns of their own. */
  labels?: ((row: Row) => Record<(typeof LABELS)[number], string>) | undefined;
}

export interface Row {
  section: string;
  key: string;
  /** What is counted of it; or the second half of a pair. */
  key2: string;
  value: number | string;
}

/**
 * Everything on the desk as one tidy table. Spreadsheets run what looks like a formula, and people choose their names and titles: such cells
 * begin with an apostrophe. */
export function deskCsv(desk: SecretariatDesk, { space, eventUrl, separator, labels }: CsvOptions): string {
  const plain = rowsOf(desk, eventUrl).map((row) => ({ ...row, week: desk.week.name, space: space ?? 'all' }));
  const rows = labels ? plain.map((row) => ({ ...row, ...labels(row) })) : plain;
  const columns = [...['section', 'key', 'key2', 'value', 'week', 'space'], ...(labels ? LABELS : [])];
  // Some countries' spreadsheets separate cells by these: unquoted, half a title would be a cell of its own, and a formula.
  const quoted_match = /[;,\t]/;
  const safe = { escape_formulas: true, quoted_match, delimiter: SEPARATORS[separator] };
  return stringify(rows, { ...safe, bom: true, header: true, columns, record_delimiter: 'windows' });
}

function rowsOf(desk: SecretariatDesk, eventUrl: (id: string) => string): Row[] {
  const { figures, before, total, alignments, modes, exchanges, translations, corrections, recognised, missing } = desk;
  const one = (section: string, key: string, key2: string, value: number | string): Row => ({
    section,
    key,
    key2,
    value,
  });
  return [
    ...Object.entries({ week: figures, before, total }).flatMap(([when, each]) =>
      Object.entries(each).map(([name, value]) => one('figures', name, when, value)),
    ),
    ...alignments.map(({ key, count }) => one('comments', key, '', count)),
    ...modes.map(({ key, count }) => one('held', key, '', count)),
    ...actRows('theme', desk.actsBySpace),
    ...actRows('language', desk.actsByLanguage),
    ...exchanges.flatMap(({ idea, language, comments, endorsements }) => [
      one('comments-by-languages', idea, language, comments),
      one('endorsements-by-languages', idea, language, endorsements),
    ]),
    ...Object.entries(translations).map(([name, value]) => one('translations', name, '', value)),
    ...corrections.map(({ by, before: from, after, count }) => one(`corrections-by-${by}`, from, after, count)),
    ...Object.entries(recognised).map(([name, value]) => one('recognised', name, '', value)),
    ...missing.map(({ id, title, organizer }) => one('missing-reports', title, organizer ?? '', eventUrl(id))),
  ];
}

function actRows(section: string, acts: readonly Acts[]): Row[] {
  return acts.flatMap(({ key, numbers }) =>
    Object.entries(numbers).map(([key2, value]) => ({ section, key, key2, value })),
  );
}
