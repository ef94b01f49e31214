import { autonym, UNDETERMINED } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { icon } from '../../services/site/icon.ts';
import { autonymOf, langAttributes } from '../../services/site/languages.ts';
import { pluralForms } from '../../services/site/plurals.ts';
import { counts } from '../spaces/spaces.views.ts';
import type { CountedSpace } from '../../services/house/spaces.ts';
import type { Showing, View } from '../../services/texts/texts.views.ts';
import type { ShownIdea } from './ideas.reads.ts';
import { emptyList, ideaCard, viewSwitch } from './ideas.views.ts';

export const PAGE_SIZE = 20;

export interface IdeaList {
  ideas: readonly ShownIdea[];
  total: number;
  page: number;
  /** The space whose list this is; null for the list of all. */
  space: CountedSpace | null;
  spaces: readonly CountedSpace[];
  filter: { space: string | null; language: string | null };
  /** What the address of the list asks for: all its links stay in it. */
  view: View | null;
  languages: readonly string[];
  timeZone: string;
}

/** All ideas. */
export function listPage(list: IdeaList, showing: Showing): Html {
  const { t } = showing;
  return html`<div class="folio">
    <div>
      <header class="stack"><h1>${t('site:nav.ideas')}</h1></header>
      ${listSection(list, showing)}
    </div>
    <aside class="side" aria-label="${t('contributions:aboutTexts')}">
      <section>
        <h2>${t('contributions:aboutTexts')}</h2>
        <p>${t('contributions:aboutTextsBody')}</p>
      </section>
    </aside>
  </div>`;
}

/** Ideas as cards, with what narrows them and the way to share one. */
export function listSection(list: IdeaList, showing: Showing): Html {
  const { space, total } = list;
  const { t } = showing;
  const hint = space ? counts(space, t) : t('ideas:count', { count: total, number: formatNumber(total, t.language) });
  const views = viewSwitch(t, showing.view, (view) => href(list, t, { view }));
  const shown = list.ideas.length > 0 ? html`<p class="hint">${range(list, t)}</p>` : '';
  const pill = pluralForms('pill', 'site:live.newIdeas', t);
  return html`<p class="actions">
      <a class="button" href="${newHref(list, t)}">${t('ideas:share')}</a><span class="hint">${hint}</span>
    </p>
    <section class="section" aria-labelledby="list">
      <div class="section-head">
        <h2 id="list">${space ? t('site:nav.ideas') : t('ideas:newestFirst')}</h2>
        ${views}
      </div>
      ${filters(list, t)} ${chips(list, t)}
      <div class="toolbar list-head">
        ${shown}
        <div class="live-slot" role="status" data-kind="idea"${pill} data-pill-href="${href(list, t, { page: 1 })}"></div>
      </div>
      ${list.ideas.length === 0 ? empty(list, t) : cards(list, showing)}
    </section>`;
}

const newHref = ({ space }: IdeaList, t: T): string =>
  space ? `/${t.language}/spaces/${space.slug}/ideas/new` : `/${t.language}/spaces`;

function cards(list: IdeaList, showing: Showing): Html {
  const { ideas, space, spaces, timeZone } = list;
  const spaceOf = (id: string) => (space ? null : (spaces.find((each) => each.id === id) ?? null));
  const all = ideas.map((idea) => ideaCard(idea, spaceOf(idea.spaceId), showing, timeZone));
  return html`${all}${pagination(list, showing.t)}`;
}

function empty(list: IdeaList, t: T): Html {
  const { filter } = list;
  const allHref = href({ ...list, filter: { ...filter, language: null } }, t, { page: 1 });
  return emptyList(t, { language: filter.language, newHref: newHref(list, t), allHref });
}

/** The address of this list with something changed; defaults stay out of it. */
function href({ space, filter, page, view: asked }: IdeaList, t: T, change: { page?: number; view?: View }): string {
  const query = new URLSearchParams();
  if (!space && filter.space) query.set('space', filter.space);
  if (filter.language) query.set('language', filter.language);
  const target = change.page ?? page;
  if (target > 1) query.set('page', String(target));
  const view = change.view ?? asked;
  if (view) query.set('view', view);
  const path = space ? `/${t.language}/spaces/${space.slug}` : `/${t.language}/ideas`;
  return query.size > 0 ? `${path}?${query}` : path;
}

function filters({ space, spaces, filter, view, languages }: IdeaList, t: T): Html {
  const action = space ? `/${t.language}/spaces/${space.slug}` : `/${t.language}/ideas`;
  const themes = space
    ? ''
    : html`<div class="field"><label for="space">${t('contributions:theme')}</label><select class="input" id="space" name="space"><option value="">${t('contributions:any')}</option>${spaces.map(
        (each) =>
          html`<option value="${each.slug}"${each.slug === filter.space ? html` selected` : ''}>${each.title}</option>`,
      )}</select></div>`;
  return html`<search><form class="filters" method="get" action="${action}"><div class="filters-row">${themes}
<div class="field"><label for="language">${t('contributions:originalLanguage')}</label><select class="input" id="language" name="language"><option value="">${t('contributions:any')}</option>${languages.map(
    (code) =>
      html`<option value="${code}" lang="${code}"${code === filter.language ? html` selected` : ''}>${autonym(code)}</option>`,
  )}${filter.language === UNDETERMINED ? html`<option value="${UNDETERMINED}" selected>${t('site:unknownLanguage')}</option>` : ''}</select></div>
${view ? html`<input type="hidden" name="view" value="${view}">` : ''}<button type="submit" class="button button--quiet">${t('contributions:apply')}</button></div></form></search>`;
}

/** What is filtered, each as a link to the list without it. */
function chips(list: IdeaList, t: T): Html {
  const { space, spaces, filter } = list;
  const theme = space ? undefined : spaces.find((each) => each.slug === filter.space);
  const all = [
    ...(theme
      ? [
          chip(
            html`<span ${langAttributes(theme.language)}>${theme.title}</span>`,
            href({ ...list, filter: { ...filter, space: null } }, t, { page: 1 }),
            t,
          ),
        ]
      : []),
    ...(filter.language
      ? [
          chip(
            autonymOf(filter.language, t),
            href({ ...list, filter: { ...filter, language: null } }, t, { page: 1 }),
            t,
          ),
        ]
      : []),
  ];
  if (all.length === 0) return html``;
  return html`<div class="stack"><p class="hidden">${t('contributions:applied')}</p><ul class="chips">${all.map((each) => html`<li>${each}</li>`)}</ul></div>`;
}

function chip(words: Html, to: string, t: T): Html {
  return html`<a class="chip" href="${to}">${words}${icon('close')}<span class="hidden">${t('contributions:remove')}</span></a>`;
}

function range({ page, ideas, total }: IdeaList, t: T): string {
  const first = (page - 1) * PAGE_SIZE + 1;
  const number = (value: number) => formatNumber(value, t.language);
  return t('ideas:range', { first: number(first), last: number(first + ideas.length - 1), total: number(total) });
}

/** First, last and the neighbours; gaps as dots. */
function pagination(list: IdeaList, t: T): Html {
  const last = Math.ceil(list.total / PAGE_SIZE);
  if (last <= 1) return html``;
  const near = [1, list.page - 1, list.page, list.page + 1, last].filter(
    (page, index, all) => page >= 1 && page <= last && all.indexOf(page) === index,
  );
  const items = near.map((page, index) => {
    const gap = index > 0 && page - (near[index - 1] ?? 0) > 1 ? html`<li><span>…</span></li>` : '';
    const current = page === list.page ? html` aria-current="page"` : '';
    return html`${gap}<li><a href="${href(list, t, { page })}"${current}><span class="hidden">${t('contributions:page')} </span>${formatNumber(page, t.language)}</a></li>`;
  });
  return html`<nav class="section pagination" aria-label="${t('contributions:pages')}"><ul>${items}</ul></nav>`;
}
