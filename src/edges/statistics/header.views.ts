import { html, type Html } from '../../platform/html.ts';
import { formatDate, type T } from '../../platform/i18n.ts';
import { icon } from '../../services/site/icon.ts';
import { langAttributes } from '../../services/site/languages.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import type { Choice } from './choice.ts';
import { shiftWeek, type Week } from './weeks.ts';

export interface WeekHeader {
  choice: Choice;
  /** Where all weeks of this page are, below the language: `/statistics`. */
  path: string;
  /** What that is called. */
  name: string;
}

export const weekTitle = ({ number, year }: Week, t: T): string =>
  t('statistics:title', { week: number, year: String(year) });

/** What a page of a week begins with: its place, its dates, the ways to other weeks and spaces; `more` stands last. */
export function weekHeader(header: WeekHeader, t: T, more: Html = html``): Html {
  const { choice, path, name } = header;
  const { space, week, open } = choice;
  const home = `/${t.language}`;
  return html`<nav class="crumbs" aria-label="${t('site:nav.path')}">
      <ol class="plain">
        <li><a href="${home}">${t('site:nav.home')}</a></li>
        <li><a href="${home}${path}">${name}</a></li>
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
      <h1>${weekTitle(week, t)}</h1>
      <p class="lead">${dates(choice, t)}</p>
      ${open ? html`<p class="notice">${icon('clock')}<span>${t('statistics:open')}</span></p>` : ''}${picker(header, t)}
      ${filter(header, t)}${more}
    </header>`;
}

function dates({ week, timeZone }: Choice, t: T): string {
  const lastMoment = new Date(week.until.getTime() - 1);
  const words = (moment: Date) => formatDate(moment, t.language, timeZone);
  return t('statistics:dates', { from: words(week.from), to: words(lastMoment) });
}

function picker(header: WeekHeader, t: T): Html {
  const { week, previous, next, open } = header.choice;
  const words = ({ number }: Week) => t('statistics:weekNumber', { week: number });
  return html`<nav class="toolbar" aria-label="${t('statistics:week')}">
    <ul class="switch">
      ${
        previous
          ? html`<li>
              <a rel="prev" href="${weekHref(header, previous, t)}">${icon('back', { turn: true })}${words(previous)}</a>
            </li>`
          : ''
      }
      <li><a href="${weekHref(header, week, t)}" aria-current="page">${words(week)}</a></li>
      ${
        next
          ? html`<li>
              <a rel="next" href="${weekHref(header, next, t)}">${words(next)}${icon('back', { turn: true })}</a>
            </li>`
          : ''
      }
    </ul>
    ${open ? '' : html`<a class="back" href="/${t.language}${header.path}">${t('statistics:thisWeek')}</a>`}
  </nav>`;
}

/** The same figures of a week; `ending` makes a file of them. */
export function weekHref({ choice: { space }, path }: WeekHeader, week: Week, t: T, ending = ''): string {
  return `/${t.language}${path}/${week.name}${ending}${space ? `?space=${space.slug}` : ''}`;
}

/** Any week and any theme, with one press. */
function filter({ choice, path }: WeekHeader, t: T): Html {
  const { spaces, space } = choice;
  const option = ({ slug, title }: NamedSpace) =>
    html`<option value="${slug}" ${slug === space?.slug ? html` selected` : ''}>${title}</option>`;
  return html`<search class="week-filter">
    <form class="filters" method="get" action="/${t.language}${path}">
      <div class="filters-row">
        <div class="field">
          <label for="week">${t('statistics:week')}</label>
          <select class="input" id="week" name="week">
            ${weeks(choice, t)}
          </select>
        </div>
        <div class="field">
          <label for="space">${t('statistics:theme')}</label>
          <select class="input" id="space" name="space">
            <option value="">${t('statistics:allThemes')}</option>
            ${spaces.map(option)}
          </select>
        </div>
        <button type="submit" class="button button--quiet">${t('contributions:apply')}</button>
      </div>
    </form>
  </search>`;
}

/** Ten years of weeks: who looks for older ones finds them by their address. */
const WEEKS = 520;

/** From this week back to the first, by year. */
function weeks({ week: chosen, first, current, timeZone }: Choice, t: T): Html {
  const all: Week[] = [];
  for (let week = current; week.from >= first.from && all.length < WEEKS; week = shiftWeek(week, -1, timeZone))
    all.push(week);
  if (!all.some(({ name }) => name === chosen.name)) all.push(chosen);
  const option = (week: Week) => {
    const from = formatDate(week.from, t.language, timeZone);
    const words = t('statistics:weekFrom', { week: week.number, from });
    return html`<option value="${week.name}"${week.name === chosen.name ? html` selected` : ''}>${words}</option>`;
  };
  const years = [...Map.groupBy(all, ({ year }) => year)];
  return html`${years.map(([year, some]) => html`<optgroup label="${year}">${some.map(option)}</optgroup>`)}`;
}
