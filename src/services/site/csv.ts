import { stringify } from 'csv-stringify/sync';

import { formatTag } from '../../platform/formats.ts';
import type { Context } from '../../platform/http/context.ts';
import { queryOf } from './requests.ts';

/** Between cells. */
const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t' } as const;
const NAMES = ['comma', 'semicolon', 'tab'] as const satisfies readonly (keyof typeof SEPARATORS)[];
type Separator = keyof typeof SEPARATORS;

/** What the address asks for, or what spreadsheets of the page's language expect. */
function separatorOf(ctx: Context): Separator {
  const asked = queryOf(ctx, 'separator');
  return NAMES.find((each) => each === asked) ?? separatorIn(ctx.state.language);
}

/** Where the comma is in numbers, it cannot be between them. */
function separatorIn(language: string): Separator {
  const decimal = new Intl.NumberFormat(formatTag(language))
    .formatToParts(1.5)
    .find(({ type }) => type === 'decimal')?.value;
  return decimal === '.' ? 'comma' : 'semicolon';
}

/** Names of columns, in their order, and what heads each. */
type Columns = readonly { key: string; header: string }[];

/**
 * Sends a table as a file. Spreadsheets run what looks like a formula, and people choose their names and titles: such cells begin with an
 * apostrophe.
 */
export function sendCsv(ctx: Context, name: string, columns: Columns, rows: readonly object[]): void {
  // Some countries' spreadsheets separate cells by these: unquoted, half a title would be a cell of its own, and a formula.
  const quoted_match = /[;,\t]/;
  const safe = { escape_formulas: true, quoted_match, delimiter: SEPARATORS[separatorOf(ctx)] };
  ctx.attachment(name);
  ctx.type = 'text/csv; charset=utf-8';
  ctx.set('Cache-Control', 'no-store');
  ctx.body = stringify([...rows], {
    ...safe,
    ...{ bom: true, header: true, columns: [...columns], record_delimiter: 'windows' },
  });
}
