import { html, type Html } from '../../platform/html.ts';

/**
 * A table in a box of its own: where it is wider than the screen it scrolls there, by keyboard too, and a shadow over the edge says that it
 * goes on. `isTall`: it scrolls downwards as well, under its headings.
 */
export function scroller(label: string, table: Html, { isTall = false } = {}): Html {
  const look = isTall ? 'scroller scroller--tall' : 'scroller';
  return html`<section class="${look}" tabindex="0" aria-label="${label}">${table}</section>`;
}
