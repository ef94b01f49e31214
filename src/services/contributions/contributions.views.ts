import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import type { Aside } from './contribution.ts';

/** What stands beside a page or a form. */
export function asideOf(all: readonly Aside[], t: T): Html {
  const [first] = all;
  if (!first) return html``;
  return html`<aside class="side" aria-label="${t(first.title)}">
    ${all.map(
      ({ title, body }) =>
        html`<section>
          <h2>${t(title)}</h2>
          <p>${t(body)}</p>
        </section> `,
    )}
  </aside>`;
}
