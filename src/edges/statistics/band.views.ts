import { direction, UNDETERMINED } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, sentence, type T } from '../../platform/i18n.ts';
import { icon } from '../../services/site/icon.ts';
import { autonymOf } from '../../services/site/languages.ts';
import { formatShare, percent, sumOf, type Share } from './shares.ts';

/** As high as the frame of a map; on the page of the week there is room for more. */
const THIN = 8;
/** From the lower edge of the band to the line its codes stand on. */
const LABEL_DROP = 17;

/** From which share of the whole a code fits under its segment: always, on medium screens, on wide ones. Below that it is left out. */
const LABELS = [
  { share: 0.075, className: '' },
  { share: 0.03, className: 'when-mid' },
  { share: 0.017, className: 'when-wide' },
] as const;

interface Segment extends Share {
  /** Ideas in the segments before it. */
  before: number;
}

/** The band under the header of every page: this week's languages, opening into the same figures as links. */
export function bandView(shares: readonly Share[], order: readonly string[], t: T): Html {
  const sum = sumOf(shares);
  const chart = bandChart(shares, order, t.language);
  if (sum === 0)
    return html`<div class="band">
      ${chart}
      <p class="band-caption">${t('statistics:bandEmpty')}</p>
    </div>`;
  const more = html`<span class="band-more">${t('statistics:bandMore')}${icon('down')}</span>`;
  return html`<details class="band">
    <summary>
      ${chart}<span class="band-caption"><span>${caption(sum, shares.length, t)}</span>${more}</span>
    </summary>
    <ul class="band-list plain">
      ${segmentsOf(shares, order).map((segment) => entry(segment, sum, t))}
    </ul>
  </details>`;
}

/** The picture alone. Positions are mirrored here for right-to-left pages, since SVG knows no `dir`. */
export function bandChart(
  shares: readonly Share[],
  order: readonly string[],
  language: string,
  height: number = THIN,
): Html {
  const sum = sumOf(shares);
  const segments = segmentsOf(shares, order).map((segment, index) => draw(segment, { index, sum, language, height }));
  return html`<svg class="band-chart band-chart--labels" aria-hidden="true" focusable="false">
    <rect class="frame" x="0" y="0" width="100%" height="${height}" />
    ${segments}
  </svg>`;
}

function caption(sum: number, languages: number, t: T): Html {
  const number = (value: number) => formatNumber(value, t.language);
  const ideas = sentence(t, 'ideas:count', { number: html`<b>${number(sum)}</b>` }, { count: sum });
  return sentence(t, 'statistics:band', { ideas }, { count: languages, number: number(languages) });
}

/** In the platform's order, so that a language keeps its place from week to week; a language no longer in it comes last. */
function segmentsOf(shares: readonly Share[], order: readonly string[]): Segment[] {
  const place = ({ key }: Share) => (order.includes(key) ? order.indexOf(key) : order.length);
  let before = 0;
  return shares
    .filter((share) => share.count > 0)
    .toSorted((a, b) => place(a) - place(b))
    .map((share) => {
      const segment = { ...share, before };
      before += share.count;
      return segment;
    });
}

interface Drawing {
  index: number;
  sum: number;
  language: string;
  height: number;
}

function draw({ key, count, before }: Segment, { index, sum, language, height }: Drawing): Html {
  const own = key === language;
  const mirrored = direction(language) === 'rtl';
  const left = mirrored ? sum - before - count : before;
  const start = mirrored ? sum - before : before;
  const filled = own || index % 2 === 0;
  const box = html`<rect
    class="${own ? 'own' : 'on'}"
    x="${percent(left, sum)}"
    y="0"
    width="${percent(count, sum)}"
    height="${height}"
  />`;
  return html`${filled ? box : ''}${label(key, { own, share: count / sum, x: percent(start, sum), y: height + LABEL_DROP })}`;
}

function label(code: string, { own, share, x, y }: { own: boolean; share: number; x: string; y: number }): Html {
  const fits = LABELS.find((each) => share >= each.share);
  if (!fits) return html``;
  const classes = [own ? 'is-own' : '', fits.className].filter(Boolean).join(' ');
  return html`<text${classes ? html` class="${classes}"` : ''} x="${x}" y="${y}">${code === UNDETERMINED ? '?' : code}</text>`;
}

function entry({ key, count }: Segment, sum: number, t: T): Html {
  const href = `/${t.language}/ideas?language=${key}`;
  const own = key === t.language ? html` aria-current="true"` : '';
  const figures = `${formatNumber(count, t.language)} · ${formatShare(count, sum, t.language)}`;
  return html`<li>
    <a href="${href}" ${own}>${autonymOf(key, t)}<span>${figures}</span></a>
  </li>`;
}
