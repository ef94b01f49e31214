import { html, type Html } from '../platform/html.ts';
import { formatDate, type T } from '../platform/i18n.ts';
import { icon } from '../site/icon.ts';
import { langAttributes } from '../site/languages.ts';
import type { ShownSpace } from '../spaces/spaces.reads.ts';
import { bandChart } from './band.views.ts';
import { weekFigures } from './figures.views.ts';
import type { WeekFigures } from './statistics.reads.ts';
import { languageTable, spaceTable } from './tables.views.ts';
import type { Week } from './weeks.ts';

/** Room for the codes: the band under the header is thinner. */
const BAND_HEIGHT = 20;

export interface WeekPage {
  counted: WeekFigures;
  /** Its figures still grow. */
  open: boolean;
  /** Null before the first idea. */
  previous: Week | null;
  /** Null after the current week. */
  next: Week | null;
  space: ShownSpace | null;
  spaces: readonly ShownSpace[];
  /** In the platform's order. */
  languages: readonly string[];
  timeZone: string;
}

/** A week in figures, each beside what it means. */
export function weekPage(page: WeekPage, t: T): Html {
  const { counted, space, open } = page;
  const home = `/${t.language}`;
  return html`<nav class="crumbs" aria-label="${t('site:nav.path')}">
      <ol class="plain">
        <li><a href="${home}">${t('site:nav.home')}</a></li>
        <li><a href="${home}/statistics">${t('site:nav.figures')}</a></li>
      </ol>
    </nav>
    <header class="stack">
      ${
        space
          ? html`<ul class="tags">
              <li ${langAttributes(space.language)}>${space.title}</li>
            </ul>`
          : ''
      }
      <h1>${weekTitle(counted.week, t)}</h1>
      <p class="lead">${dates(page, t)}</p>
      ${open ? html`<p class="notice">${icon('clock')}<span>${t('statistics:open')}</span></p>` : ''}${picker(page, t)}
      ${spaceFilter(page, t)}
    </header>
    <section class="section" aria-label="${t('statistics:weekFigures')}">
      <dl class="figures figures--report">${weekFigures(counted, t)}</dl>
    </section>
    ${counted.figures.ideas === 0 ? emptyWeek(page, t) : distribution(page, t)}`;
}

export const weekTitle = ({ number, year }: Week, t: T): string => t('statistics:title', { week: number, year });

function dates({ counted: { week }, timeZone }: WeekPage, t: T): string {
  const lastMoment = new Date(week.until.getTime() - 1);
  const words = (moment: Date) => formatDate(moment, t.language, timeZone);
  return t('statistics:dates', { from: words(week.from), to: words(lastMoment) });
}

function picker(page: WeekPage, t: T): Html {
  const { counted, previous, next, open } = page;
  const words = ({ number }: Week) => t('statistics:weekNumber', { week: number });
  return html`<nav class="toolbar" aria-label="${t('statistics:week')}">
    <ul class="switch">
      ${
        previous
          ? html`<li>
              <a rel="prev" href="${href(page, previous, t)}">${icon('back', { turn: true })}${words(previous)}</a>
            </li>`
          : ''
      }
      <li><a href="${href(page, counted.week, t)}" aria-current="page">${words(counted.week)}</a></li>
      ${
        next
          ? html`<li><a rel="next" href="${href(page, next, t)}">${words(next)}${icon('back', { turn: true })}</a></li>`
          : ''
      }
    </ul>
    ${open ? '' : html`<a class="back" href="/${t.language}/statistics">${t('statistics:thisWeek')}</a>`}
  </nav>`;
}

/** The same figures of another week. */
function href({ space }: WeekPage, week: Week, t: T): string {
  return `/${t.language}/statistics/${week.name}${space ? `?space=${space.slug}` : ''}`;
}

function spaceFilter({ counted, spaces, space }: WeekPage, t: T): Html {
  const option = ({ slug, title }: ShownSpace) =>
    html`<option value="${slug}" ${slug === space?.slug ? html` selected` : ''}>${title}</option>`;
  return html`<search class="week-filter">
    <form class="filters" method="get" action="/${t.language}/statistics/${counted.week.name}">
      <div class="filters-row">
        <div class="field">
          <label for="space">${t('statistics:theme')}</label
          ><select class="input" id="space" name="space">
            <option value="">${t('statistics:allThemes')}</option>
            ${spaces.map(option)}
          </select>
        </div>
        <button type="submit" class="button button--quiet">${t('ideas:apply')}</button>
      </div>
    </form>
  </search>`;
}

function distribution({ counted, space, spaces, languages }: WeekPage, t: T): Html {
  const { byLanguage, bySpace } = counted;
  const ideas = space ? `/${t.language}/spaces/${space.slug}` : `/${t.language}/ideas`;
  return html`<section class="section">
      <div class="section-head">
        <h2>${t('statistics:languagesOfWeek')}</h2>
        <span class="hint">${t('statistics:bandHint')}</span>
      </div>
      ${bandChart(byLanguage, languages, t.language, BAND_HEIGHT)}
    </section>
    <section class="section tables" aria-label="${t('statistics:tables')}">
      ${space ? '' : html`<div>${spaceTable(bySpace, spaces, t)}</div>`}
      <div>${languageTable(byLanguage, ideas, t)}</div>
    </section>`;
}

function emptyWeek({ open, space }: WeekPage, t: T): Html {
  const newHref = space ? `/${t.language}/spaces/${space.slug}/ideas/new` : `/${t.language}/spaces`;
  const first = html`<p>${t('statistics:emptyHint')}</p>
    <p class="actions"><a class="button" href="${newHref}">${t('ideas:shareFirst')}</a></p>`;
  return html`<section class="section empty">
    <h2>${open ? t('statistics:emptyOpen') : t('statistics:empty')}</h2>
    ${open ? first : ''}
  </section>`;
}
