import type { Middleware } from 'koa';

import type { State } from '../../platform/http/context.ts';
import { withQuery } from './addresses.ts';
import { knownOf } from './requests.ts';

/**
 * Visitors keep the language in which they read texts in the address, apart from that of the page: all that a page leads to takes it
 * along, its links, its forms, and what a form answers with.
 */
export function carryTextsLanguage(all: readonly string[], pageLanguages: readonly string[]): Middleware<State> {
  const isPage = new RegExp(
    `^(?:(?:https?|webcal)://[^/"]+)?/(?:$|[?#]|(?:${pageLanguages.join('|')})(?:[/?#]|$)|[ous]/)`,
  );
  return async (ctx, next) => {
    ctx.state.carried = knownOf(ctx, 'texts', all);
    await next();
    const { carried } = ctx.state;
    if (carried === null) return;
    const to = ctx.response.get('Location');
    if (to && isPage.test(to)) ctx.set('Location', withQuery(to, { texts: carried }));
    if (typeof ctx.body === 'string' && ctx.response.is('html')) ctx.body = carryOn(ctx.body, carried, isPage);
  };
}

/** The tags of a page of ours: what people wrote has no quote of its own in it. */
const LEADING = /(<(?:a|form)\b[^>]*?\s(?:href|action)=")([^"]*)("[^>]*>)/g;

function carryOn(page: string, language: string, isPage: RegExp): string {
  return page.replaceAll(LEADING, (tag, before: string, href: string, after: string) => {
    if (!isPage.test(href)) return tag;
    if (!tag.includes(' method="get"')) return `${before}${withTexts(href, language)}${after}`;
    // The fields of such a form take the place of what its address says; the one that chooses the language has it among them.
    return tag.includes(' data-texts') ? tag : `${tag}<input type="hidden" name="texts" value="${language}">`;
  });
}

/** `href` as it stands in HTML. */
function withTexts(href: string, language: string): string {
  if (/[?;]texts=/.test(href)) return href;
  const at = href.includes('#') ? href.indexOf('#') : href.length;
  const address = href.slice(0, at);
  return `${address}${address.includes('?') ? '&amp;' : '?'}texts=${language}${href.slice(at)}`;
}
