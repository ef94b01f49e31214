import { fieldsOf, listOf } from '../../platform/http/body.ts';
import type { Context } from '../../platform/http/context.ts';
import { InvalidInput } from '../../platform/http/errors.ts';

/** The languages somebody reads, as their form says. Where it does not say in which texts come, it is the first. Throws InvalidInput. */
export function readingOf(
  ctx: Context,
  languages: readonly string[],
): { textsLanguage: string | null; reads: string[] } {
  const said = fieldsOf(ctx.request.body)['textsLanguage'];
  const others = listOf(ctx.request.body, 'reads');
  const first = said === undefined ? (others[0] ?? '') : said;
  const reads = [...new Set([first || ctx.state.language, ...others])];
  if (reads.some((code) => !languages.includes(code))) throw wrongLanguage('textsLanguage');
  return { textsLanguage: first || null, reads };
}

export const wrongLanguage = (field: string) => new InvalidInput([{ field, key: 'errors:language', params: {} }]);
