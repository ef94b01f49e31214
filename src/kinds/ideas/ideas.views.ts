import { html, type Html } from '../../platform/html.ts';
import { formatNumber, sentence, type T } from '../../platform/i18n.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { langAttributes, nameOf } from '../../services/site/languages.ts';
import { excerpt } from '../../services/texts/markdown.ts';
import {
  byline,
  chosenWords,
  keepView,
  showCardLine,
  showName,
  type Showing,
} from '../../services/texts/texts.views.ts';
import type { ShownIdea } from './ideas.reads.ts';

/** One idea in a list: the title is the only link of the reading part. */
export function ideaCard(idea: ShownIdea, space: NamedSpace | null, showing: Showing, timeZone: string): Html {
  const { t } = showing;
  const words = chosenWords(idea.text, showing);
  const href = `/${t.language}/ideas/${idea.id}`;
  const name = showName(words, t, { href: keepView(href, showing), isBrief: true });
  const tag = space ? html`<ul class="tags"><li ${langAttributes(space.language)}>${space.title}</li></ul>` : '';
  return html`<article class="card" data-subject="${idea.id}">
    ${tag}
    <h3 ${langAttributes(words.language)}>${name}</h3>
    <p class="card-text" ${langAttributes(words.language)}>${excerpt(words.body)}</p>
    ${byline(idea, { t, timeZone })} ${showCardLine(idea.text, showing, href)} ${cardFoot(idea, t)}
  </article>`;
}

function cardFoot({ counts: { endorsements = 0, comments = 0 } }: ShownIdea, t: T): Html {
  const number = (value: number) => html`<span class="count">${formatNumber(value, t.language)}</span>`;
  return html`<ul class="card-foot">
    <li>${number(endorsements)} ${t('endorsements:cardCount', { count: endorsements })}</li>
    <li>${number(comments)} ${t('comments:cardCount', { count: comments })}</li>
  </ul>`;
}

interface Empty {
  language: string | null;
  newHref: string;
  allHref: string;
}

/** Nothing to list, and what to do about it. */
export function emptyList(t: T, { language, newHref, allHref }: Empty): Html {
  const title = language ? sentence(t, 'ideas:emptyIn', { language: nameOf(language, t) }) : t('ideas:empty');
  const all = language ? html`<a class="button button--link" href="${allHref}">${t('ideas:allLanguages')}</a>` : '';
  return html`<div class="empty">
    <h3>${title}</h3>
    <p>${t('ideas:emptyHint')}</p>
    <p class="actions"><a class="button" href="${newHref}">${t('ideas:shareFirst')}</a>${all}</p>
  </div>`;
}
