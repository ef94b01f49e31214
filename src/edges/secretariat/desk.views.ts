import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { icon } from '../../services/site/icon.ts';
import { nameOf } from '../../services/site/languages.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import type { Figures } from '../../services/house/figures.ts';
import { allOf, type Acts, type Column } from './acts.ts';
import { correctionSection } from './corrections.views.ts';
import type { SecretariatDesk } from './desk.reads.ts';
import { missingTable } from './missing.views.ts';
import { figure, weekFigures } from '../statistics/figures.views.ts';
import { weekHeader, weekHref, type WeekHeader } from '../statistics/header.views.ts';
import { exchangeSection } from './matrix.views.ts';
import { isNothing } from '../statistics/shares.ts';
import { bar, shareTable, spaceLink } from '../statistics/tables.views.ts';
import { scroller } from '../../services/site/scroller.views.ts';

/** More are in the file; a page of them all would help nobody. */
const MISSING = 100;

export interface DeskPage extends WeekHeader {
  desk: SecretariatDesk;
  figures: Figures;
  /** In the platform's order. */
  languages: readonly string[];
  /** Reports of wrong words of the site that are open; null for those who do not read them. */
  wording: number | null;
}

/** The secretariat's week: what everybody sees of it, and what only those who answer for it need. */
export function deskPage(page: DeskPage, t: T): Html {
  const { desk, figures, choice, languages, wording } = page;
  const plain = weekHref(page, choice.week, t, '.csv');
  const labelled = `${plain}${plain.includes('?') ? '&' : '?'}labels=1`;
  const file = html`<p class="actions">
    <a class="button button--quiet" href="${labelled}">${t('secretariat:download')}</a>
  </p>`;
  return html`${weekHeader(page, t, file)}
    <section class="section" aria-label="${t('statistics:weekFigures')}">
      <dl class="figures figures--report">${weekFigures(desk, figures, t)}</dl>
    </section>
    ${missingSection(page, t)} ${wording === null ? '' : wordingSection(wording, t)}
    ${isNothing(desk.figures) ? quiet(t) : html`${parts(desk, t)}${actsSection(desk, choice.spaces, t)}`}
    ${exchangeSection(desk.exchanges, languages, t)} ${translationSection(desk, t)} ${correctionSection(desk, t)}`;
}

function quiet(t: T): Html {
  return html`<section class="section empty">
    <h2>${t('secretariat:quiet')}</h2>
    <p>${t('secretariat:quietHint')}</p>
  </section>`;
}

function parts({ alignments, modes }: SecretariatDesk, t: T): Html {
  const number = t('secretariat:number');
  const alignment: Record<string, string> = {
    for: t('comments:for'),
    against: t('comments:against'),
    neutral: t('secretariat:neutral'),
    replies: t('secretariat:replies'),
  };
  const mode: Record<string, string> = {
    'in-person': t('events:mode.in-person'),
    online: t('events:mode.online'),
    hybrid: t('events:mode.hybrid'),
  };
  const alignmentWords = {
    caption: t('secretariat:alignments'),
    meaning: t('secretariat:alignmentsMeaning'),
    column: t('secretariat:alignment'),
    number,
  };
  const modeWords = {
    caption: t('secretariat:modes'),
    meaning: t('statistics:weekHeldMeaning'),
    column: t('secretariat:mode'),
    number,
  };
  return html`<section class="section tables" aria-label="${t('secretariat:parts')}">
    <div>${shareTable(alignmentWords, alignments, t, (key) => html`${alignment[key]}`)}</div>
    <div>${shareTable(modeWords, modes, t, (key) => html`${mode[key]}`)}</div>
  </section>`;
}

function actsSection(
  { columns, actsBySpace, actsByLanguage }: SecretariatDesk,
  spaces: readonly NamedSpace[],
  t: T,
): Html {
  const themes = {
    columns,
    caption: t('secretariat:byTheme'),
    meaning: t('secretariat:byThemeMeaning'),
    first: t('statistics:theme'),
  };
  const languages = {
    columns,
    caption: t('secretariat:byLanguage'),
    meaning: t('secretariat:byLanguageMeaning'),
    first: t('statistics:language'),
  };
  return html`<section class="section" aria-label="${t('statistics:tables')}">
    ${actsTable(themes, actsBySpace, t, (slug) => spaceLink(slug, spaces, t))}
    ${actsTable(languages, actsByLanguage, t, (code) => nameOf(code, t))}
  </section>`;
}

interface ActsWords {
  caption: string;
  meaning: string;
  /** Heads the first column. */
  first: string;
  /** The others, one a figure. */
  columns: readonly Column[];
}

/** Numbers side by side, and one bar for all of them. */
function actsTable(
  { caption, meaning, first, columns }: ActsWords,
  acts: readonly Acts[],
  t: T,
  name: (key: string) => Html,
): Html {
  const longest = Math.max(1, ...acts.map(allOf));
  return scroller(
    caption,
    html`<table class="acts">
      <caption>
        <span>${caption}<small>${meaning}</small></span>
      </caption>
      <thead>
        <tr>
          <th scope="col">${first}</th>
          ${columns.map(({ words }) => html`<th scope="col" class="number">${t(words)}</th>`)}
          <th scope="col" class="bar-cell"><span class="hidden">${t('statistics:bar')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${acts.map(
          (each) =>
            html`<tr>
              <th scope="row">${name(each.key)}</th>
              ${columns.map((column) => html`<td class="number">${formatNumber(each.numbers[column.name] ?? 0, t.language)}</td>`)}
              <td class="bar-cell">${bar(allOf(each), longest)}</td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  );
}

function missingSection({ desk: { missing }, choice: { timeZone } }: DeskPage, t: T): Html {
  const count = missing.length;
  const rest = count - MISSING;
  const number = (value: number) => formatNumber(value, t.language);
  const more =
    rest > 0 ? html`<p class="hint">${t('secretariat:missingMore', { count: rest, number: number(rest) })}</p>` : '';
  const list =
    count === 0
      ? html`<div class="health health--well">${icon('check')}<p>${t('secretariat:missingNone')}</p></div>`
      : html`${missingTable(missing.slice(0, MISSING), timeZone, t)}${more}`;
  return html`<section class="section" id="missing">
    <div class="section-head">
      <h2>${t('secretariat:missing', { count, number: number(count) })}</h2>
    </div>
    <p class="hint">${t('secretariat:missingMeaning')}</p>
    ${list}
    <p class="actions"><a class="button button--link" href="/${t.language}/secretariat/reports">${t('secretariat:missingAll')}</a></p>
  </section>`;
}

function translationSection({ translations: { done, waiting, withoutEngine } }: SecretariatDesk, t: T): Html {
  const all = [
    [done, t('secretariat:done'), t('secretariat:doneMeaning')],
    [waiting, t('secretariat:waiting'), t('secretariat:waitingMeaning')],
    [withoutEngine, t('secretariat:withoutEngine'), t('secretariat:withoutEngineMeaning')],
  ] as const;
  return html`<section class="section">
    <div class="section-head"><h2>${t('secretariat:translations')}</h2></div>
    <dl class="figures figures--report">${all.map(([value, words, meaning]) => figure(value, { words, meaning }, t))}</dl>
  </section>`;
}

function wordingSection(count: number, t: T): Html {
  return html`<section class="section" id="wording">
    <div class="section-head"><h2>${t('secretariat:wording.title')}</h2></div>
    <p>${t('secretariat:wording.open', { count })}</p>
    <p class="actions"><a class="button button--link" href="/${t.language}/secretariat/wording">${t('secretariat:wording.read')}</a></p>
  </section>`;
}
