import { autonym } from '#translation/languages.ts';
import type { Coverage } from '../../platform/coverage.ts';
import { formatPercent } from '../../platform/formats.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { langAttributes } from '../site/languages.ts';

/** A language in which the pages are, and how many of their words it has. */
export interface InterfaceLanguage extends Coverage {
  language: string;
}

const PLACE = '/translation#interface';

/** In which languages buttons and messages are, how completely, how they came about, and where to say that some are wrong. */
export function interfaceSection(languages: readonly InterfaceLanguage[], t: T): Html {
  const sorted = languages.toSorted((a, b) => autonym(a.language).localeCompare(autonym(b.language), t.language));
  const words = formatNumber(languages[0]?.all ?? 0, t.language);
  const tell = `/${t.language}/wording?page=${encodeURIComponent(`/${t.language}${PLACE}`)}`;
  return html`<section class="section stack" id="interface">
    <div class="section-head"><h2>${t('site:interface.title')}</h2></div>
    <p>${t('site:interface.lead', { words })}</p>
    <ul class="plain coverage">${sorted.map((each) => line(each, t))}</ul>
    <p class="prose">${t('site:interface.made')} <a href="${tell}">${t('site:interface.tell')}</a></p>
  </section>`;
}

function line({ language, has, all }: InterfaceLanguage, t: T): Html {
  const isCurrent = language === t.language ? html` aria-current="true"` : '';
  const name = html`<a href="/${language}${PLACE}" hreflang="${language}" ${langAttributes(language)}${isCurrent}>${autonym(language)}</a>`;
  return html`<li>${name} <span class="coverage-share">${formatPercent(wholePercents(has, all), t.language)}</span></li> `;
}

/** Rounded down: only a language that has every word has 100 %. */
const wholePercents = (has: number, all: number): number => Math.floor((100 * has) / Math.max(1, all)) / 100;
