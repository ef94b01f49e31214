import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { asideOf } from '../../services/contributions/contributions.views.ts';
import type { Listed } from '../../services/contributions/list.ts';
import type { CountedSpace } from '../../services/house/spaces.ts';
import { filtersOf, hrefOf, pagination, type List } from '../../services/site/lists.views.ts';
import { pluralForms } from '../../services/site/plurals.ts';
import { viewSwitch, type Showing } from '../../services/texts/texts.views.ts';
import { counts } from '../spaces/spaces.views.ts';
import type { ShownIdea } from './ideas.reads.ts';
import { emptyList, ideaCard } from './ideas.views.ts';

export interface IdeaList extends List, Listed<ShownIdea> {
  total: number;
  /** The number of the last page. */
  last: number;
  /** The space whose list this is; null for the list of all. */
  space: CountedSpace | null;
  spaces: readonly CountedSpace[];
  /** In which they were written; null for all. */
  language: string | null;
  /** Where more of them are told. */
  rooms: string[];
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
  const { space, total, items, before } = list;
  const { t } = showing;
  const number = (value: number) => formatNumber(value, t.language);
  const hint = space ? counts(space, t) : t('ideas:count', { count: total, number: number(total) });
  const range = { first: number(before + 1), last: number(before + items.length), total: number(total) };
  const pill = pluralForms('pill', 'site:live.newIdeas', t);
  return html`<p class="actions">
      <a class="button" href="${newHref(list, t)}">${t('ideas:share')}</a><span class="hint">${hint}</span>
    </p>
    <section class="section" aria-labelledby="list">
      <div class="section-head">
        <h2 id="list">${space ? t('site:nav.ideas') : t('ideas:newestFirst')}</h2>
        ${viewSwitch(showing, (view) => hrefOf(list, { view }))}
      </div>
      ${filtersOf(list, t)}
      <div class="toolbar list-head">
        ${items.length > 0 ? html`<p class="hint">${t('ideas:range', range)}</p>` : ''}
        <div class="live-slot" role="status" data-kind="idea"${pill} data-pill-href="${hrefOf(list, { page: null })}"></div>
      </div>
      ${items.length === 0 ? empty(list, t) : cards(list, showing)}
    </section>`;
}

const newHref = ({ space }: IdeaList, t: T): string =>
  space ? `/${t.language}/spaces/${space.slug}/ideas/new` : `/${t.language}/ideas/new`;

function cards(list: IdeaList, showing: Showing): Html {
  const { items, space, spaces, timeZone, last } = list;
  const spaceOf = (id: string) => (space ? null : (spaces.find((each) => each.id === id) ?? null));
  const all = items.map((idea) => ideaCard(idea, spaceOf(idea.spaceId), showing, timeZone));
  return html`${all}${pagination(list, last, showing.t)}`;
}

function empty(list: IdeaList, t: T): Html {
  const allHref = hrefOf(list, { language: null, page: null });
  return emptyList(t, { language: list.language, newHref: newHref(list, t), allHref });
}
