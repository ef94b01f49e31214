import { html, type Html } from '../../platform/html.ts';

const PATHS = {
  check: 'm3.5 10.5 4.5 4.5 8.5-10',
  clock: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 6v4.5l3 2',
  swap: 'M3 7h13m-4-4 4 4-4 4M17 13H4m4-4-4 4 4 4',
  globe: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M2.5 10h15M10 2.5c3 2.5 3 12.5 0 15M10 2.5c-3 2.5-3 12.5 0 15',
  down: 'm5 8 5 5 5-5',
  info: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 9v5m0-8v.5',
  warn: 'M10 3 2.5 16.5h15Zm0 5v4m0 2v.5',
  up: 'M10 16V4m-5 5 5-5 5 5',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  equal: 'M4 7.5h12M4 12.5h12',
  close: 'm5 5 10 10M15 5 5 15',
  back: 'm11 4-6 6 6 6M5 10h12',
  out: 'M8 4H4v12h12v-4M11 3h6v6M17 3l-8 8',
  office: 'M10 2.5 3.5 5v5c0 4 3 6.5 6.5 7.5 3.5-1 6.5-3.5 6.5-7.5V5ZM7 10l2.2 2.2L13.2 8',
  flag: 'M5 17V3h10l-2 3.5 2 3.5H5',
  hide: 'M3 3l14 14M8 5.5A9 9 0 0 1 18 10l-2 2.6M5 7 2 10s3 5 8 5l2.5-.4',
} as const;

export type Icon = keyof typeof PATHS;

/** A picture beside words that say the same. `turn`: points along the reading direction. */
export function icon(name: Icon, { turn = false } = {}): Html {
  const path = html`<path d="${PATHS[name]}" />`;
  const className = turn ? 'icon icon--turn' : 'icon';
  return html`<svg class="${className}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${path}</svg>`;
}
