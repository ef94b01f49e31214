import { autonym, UNDETERMINED } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import type { View } from '../../platform/reader.ts';
import { asideOf } from '../../services/contributions/contributions.views.ts';
import type { CountedSpace } from '../../services/house/spaces.ts';
import { choice, emptyForm } from '../../services/site/forms.views.ts';
import { autonymOf, langAttributes } from '../../services/site/languages.ts';
import { chips, filterForm, pagination } from '../../services/site/lists.views.ts';
import { pluralForms } from '../../services/site/plurals.ts';
import { viewSwitch, withQuery, type Showing } from '../../services/texts/texts.views.ts';
import { counts } from '../spaces/spaces.views.ts';
import type { ShownIdea } from './ideas.reads.ts';
import { emptyList, ideaCard } from './ideas.views.ts';

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
    ${asideOf([{ title: 'contributions:aboutTexts', body: 'contributions:aboutTextsBody' }], t)}
  </div>`;
}

/** Ideas as cards, with what narrows them and the way to share one. */
export function listSection(list: IdeaList, showing: Showing): Html {
  const { space, total, ideas, page } = list;
  const { t } = showing;
  const number = (value: number) => formatNumber(value, t.language);
  const hint = space ? counts(space, t) : t('ideas:count', { count: total, number: number(total) });
  const first = (page - 1) * PAGE_SIZE + 1;
  const range = { first: number(first), last: number(first + ideas.length - 1), total: number(total) };
  const pill = pluralForms('pill', 'site:live.newIdeas', t);
  return html`<p class="actions">
      <a class="button" href="${newHref(list, t)}">${t('ideas:share')}</a><span class="hint">${hint}</span>
    </p>
    <section class="section" aria-labelledby="list">
      <div class="section-head">
        <h2 id="list">${space ? t('site:nav.ideas') : t('ideas:newestFirst')}</h2>
        ${viewSwitch(t, showing.view, (view) => href(list, t, { view }))}
      </div>
      ${filters(list, t)} ${chosen(list, t)}
      <div class="toolbar list-head">
        ${ideas.length > 0 ? html`<p class="hint">${t('ideas:range', range)}</p>` : ''}
        <div class="live-slot" role="status" data-kind="idea"${pill} data-pill-href="${href(list, t, { page: null })}"></div>
      </div>
      ${ideas.length === 0 ? empty(list, t) : cards(list, showing)}
    </section>`;
}

const newHref = ({ space }: IdeaList, t: T): string =>
  space ? `/${t.language}/spaces/${space.slug}/ideas/new` : `/${t.language}/spaces`;

const pathOf = ({ space }: IdeaList, t: T): string =>
  space ? `/${t.language}/spaces/${space.slug}` : `/${t.language}/ideas`;

/** The address of this list with something changed; defaults stay out of it. */
function href(list: IdeaList, t: T, change: Record<string, string | null>): string {
  const { space, filter, page, view } = list;
  const asked = { space: space ? null : filter.space, language: filter.language };
  return withQuery(pathOf(list, t), { ...asked, page: page > 1 ? String(page) : null, view, ...change });
}

function filters(list: IdeaList, t: T): Html {
  const { space, spaces, filter, languages, view } = list;
  const form = { ...emptyForm, values: { space: filter.space ?? '', language: filter.language ?? '' } };
  const any = { value: '', words: t('contributions:any') };
  const themes = spaces.map(({ slug, title, language: lang }) => ({ value: slug, words: title, lang }));
  const unknown = { value: UNDETERMINED, words: t('site:unknownLanguage') };
  const codes = [
    ...languages.map((code) => ({ value: code, words: autonym(code), lang: code })),
    ...(filter.language === UNDETERMINED ? [unknown] : []),
  ];
  const select = (name: string, label: string, options: typeof themes) =>
    choice({ name, label, options: [any, ...options] }, form, t);
  const fields = [
    ...(space ? [] : [select('space', t('contributions:theme'), themes)]),
    choice({ name: 'language', label: t('contributions:originalLanguage'), options: [any, ...codes] }, form, t),
  ];
  return filterForm(pathOf(list, t), fields, view, t);
}

/** What is filtered, each as a link to the list without it. */
function chosen(list: IdeaList, t: T): Html {
  const { space, spaces, filter } = list;
  const theme = space ? undefined : spaces.find((each) => each.slug === filter.space);
  const name = theme && html`<span ${langAttributes(theme.language)}>${theme.title}</span>`;
  return chips(
    [
      ...(name ? [{ words: name, href: href(list, t, { space: null, page: null }) }] : []),
      ...(filter.language
        ? [{ words: autonymOf(filter.language, t), href: href(list, t, { language: null, page: null }) }]
        : []),
    ],
    t,
  );
}

function cards(list: IdeaList, showing: Showing): Html {
  const { ideas, space, spaces, timeZone, total, page } = list;
  const { t } = showing;
  const spaceOf = (id: string) => (space ? null : (spaces.find((each) => each.id === id) ?? null));
  const all = ideas.map((idea) => ideaCard(idea, spaceOf(idea.spaceId), showing, timeZone));
  const to = (target: number) => href(list, t, { page: target > 1 ? String(target) : null });
  return html`${all}${pagination({ page, last: Math.ceil(total / PAGE_SIZE) }, to, t)}`;
}

function empty(list: IdeaList, t: T): Html {
  const allHref = href(list, t, { language: null, page: null });
  return emptyList(t, { language: list.filter.language, newHref: newHref(list, t), allHref });
}
