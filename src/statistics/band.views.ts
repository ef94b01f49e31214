import { autonym } from '../../translation/languages.ts';
import { html, type Html } from '../platform/html.ts';
import { formatNumber, type T } from '../platform/i18n.ts';
import type { Share } from './statistics.reads.ts';

/** Drawn by the statistics: see statistics.routes.ts. */
export function bandView(shares: readonly Share[], order: readonly string[], t: T): Html {
  return html`<!-- band -->${shares.length > 0 ? html`<ul class="hidden">${shares.map((share) => html`<li>${autonym(share.key)} ${formatNumber(share.ideas, t.language)} ${order.length}</li>`)}</ul>` : ''}`;
}
