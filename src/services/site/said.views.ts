import { html, type Html } from '../../platform/html.ts';
import { sentence, type T } from '../../platform/i18n.ts';
import { icon } from './icon.ts';
import type { Said } from './said.ts';

/** What was just done, and the way to take it back; it stays in sight. */
export function saidNotice({ words, what: { path, noun }, undo }: Said, here: string, t: T): Html {
  const what = html`<a href="${path}">${t(noun)}</a>`;
  const form = html`<form method="post" action="${undo ?? ''}">
    <input type="hidden" name="undo" value="1">
    <input type="hidden" name="to" value="${here}">
    <button type="submit" class="button button--quiet">${t('site:undo')}</button>
  </form>`;
  return html`<div class="notice notice--success said">
    ${icon('check')}
    <div class="said-line">
      <p role="status">${sentence(t, words, { what })}</p>
      ${undo ? form : ''}
    </div>
  </div>`;
}
