import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { bandChart } from './band.views.ts';
import { weekFigures } from './figures.views.ts';
import { weekHeader, weekHref, type WeekHeader } from './header.views.ts';
import type { Figures } from '../../services/house/figures.ts';
import type { WeekFigures } from './statistics.reads.ts';
import { languageTable, spaceTable } from './tables.views.ts';

/** Room for the codes: the band under the header is thinner. */
const BAND_HEIGHT = 20;

export interface WeekPage extends WeekHeader {
  counted: WeekFigures;
  figures: Figures;
  /** In the platform's order. */
  languages: readonly string[];
  /** Whether the reader may see more of it. */
  mayMore: boolean;
}

/** A week in figures, each beside what it means. */
export function weekPage(page: WeekPage, t: T): Html {
  const { counted, figures, choice, mayMore } = page;
  const desk = weekHref({ ...page, path: '/secretariat' }, choice.week, t);
  const more = mayMore ? html`<p><a href="${desk}">${t('secretariat:link')}</a></p>` : html``;
  return html`${weekHeader(page, t, more)}
    <section class="section" aria-label="${t('statistics:weekFigures')}">
      <dl class="figures figures--report">${weekFigures(counted, figures, t)}</dl>
    </section>
    ${counted.byLanguage.length === 0 ? emptyWeek(page, t) : distribution(page, t)}`;
}

function distribution({ counted, choice: { space, spaces }, languages }: WeekPage, t: T): Html {
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

function emptyWeek({ choice: { open, space } }: WeekPage, t: T): Html {
  const newHref = space ? `/${t.language}/spaces/${space.slug}/ideas/new` : `/${t.language}/ideas/new`;
  const first = html`<p>${t('statistics:emptyHint')}</p>
    <p class="actions"><a class="button" href="${newHref}">${t('ideas:shareFirst')}</a></p>`;
  return html`<section class="section empty">
    <h2>${open ? t('statistics:emptyOpen') : t('statistics:empty')}</h2>
    ${open ? first : ''}
  </section>`;
}
