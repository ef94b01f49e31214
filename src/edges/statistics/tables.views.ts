import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { langAttributes, nameOf } from '../../services/site/languages.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { formatShare, percent, sumOf, type Share } from './shares.ts';
import { scroller } from '../../services/site/scroller.views.ts';

// The table is the chart: each row carries its bar, as long as its part of the longest.

export function spaceTable(shares: readonly Share[], spaces: readonly NamedSpace[], t: T): Html {
  const words = {
    caption: t('statistics:byTheme'),
    meaning: t('statistics:byThemeMeaning'),
    column: t('statistics:theme'),
    number: t('statistics:ideasColumn'),
  };
  return shareTable(words, shares, t, (slug) => spaceLink(slug, spaces, t));
}

export function spaceLink(slug: string, spaces: readonly NamedSpace[], t: T): Html {
  const space = spaces.find((each) => each.slug === slug);
  return html`<a href="/${t.language}/spaces/${slug}" ${space ? html` ${langAttributes(space.language)}` : ''}
    >${space?.title ?? slug}</a
  >`;
}

/** `ideas` is the address of the list that a language leads into. */
export function languageTable(shares: readonly Share[], ideas: string, t: T): Html {
  const words = {
    caption: t('statistics:byLanguage'),
    meaning: t('statistics:byLanguageMeaning'),
    column: t('statistics:language'),
    number: t('statistics:ideasColumn'),
  };
  return shareTable(words, shares, t, (code) => html`<a href="${`${ideas}?language=${code}`}">${nameOf(code, t)}</a>`);
}

interface TableWords {
  caption: string;
  meaning: string;
  /** Heads the first column. */
  column: string;
  /** Heads the second. */
  number: string;
}

/** Parts of a whole, each with its number, its share and its bar. */
export function shareTable(
  { caption, meaning, column, number }: TableWords,
  shares: readonly Share[],
  t: T,
  name: (key: string) => Html,
): Html {
  const sum = sumOf(shares);
  const longest = Math.max(1, ...shares.map((share) => share.count));
  return scroller(
    caption,
    html`<table>
    <caption>
      ${caption}<small>${meaning}</small>
    </caption>
    <thead>
      <tr>
        <th scope="col">${column}</th>
        <th scope="col" class="number">${number}</th>
        <th scope="col" class="number">${t('statistics:share')}</th>
        <th scope="col" class="bar-cell"><span class="hidden">${t('statistics:bar')}</span></th>
      </tr>
    </thead>
    <tbody>
      ${shares.map(
        ({ key, count }) =>
          html`<tr>
            <th scope="row">${name(key)}</th>
            <td class="number">${formatNumber(count, t.language)}</td>
            <td class="number">${formatShare(count, sum, t.language)}</td>
            <td class="bar-cell">${bar(count, longest)}</td>
          </tr> `,
      )}
    </tbody>
  </table>`,
  );
}

export function bar(value: number, longest: number): Html {
  return html`<svg class="bar" aria-hidden="true" focusable="false">
    <rect x="0" y="0" width="${percent(value, longest)}" height="12" />
  </svg>`;
}
