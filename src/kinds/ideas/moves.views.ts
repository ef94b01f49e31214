import { html, type Html } from '../../platform/html.ts';
import { formatDate, sentence, type T } from '../../platform/i18n.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { choice, errorSummary, type FormState } from '../../services/site/forms.views.ts';
import { icon } from '../../services/site/icon.ts';
import { langAttributes } from '../../services/site/languages.ts';
import { showAuthor } from '../../services/texts/texts.views.ts';
import type { Move } from './moves.ts';

interface MovePage {
  id: string;
  title: string;
  /** Of the title. */
  language: string;
  spaces: readonly NamedSpace[];
}

/** Into which theme an idea goes. */
export function movePage({ id, title, language, spaces }: MovePage, form: FormState, t: T): Html {
  const back = `/${t.language}/ideas/${id}`;
  const options = spaces.map((space) => ({ value: space.slug, words: space.title, lang: space.language }));
  return html`<div class="folio">
    <div>
      <a class="back" href="${back}">${icon('back', { turn: true })}${t('site:back')}</a>
      ${errorSummary(form, t)}
      <h1>${t('ideas:moveTitle')}</h1>
      <p class="lead intro" ${langAttributes(language)}>${title}</p>
      <form class="section" method="post" action="${back}/move" novalidate>
        ${choice({ name: 'space', label: t('contributions:theme'), hint: t('ideas:moveHint'), options }, form, t)}
        <p class="section actions">
          <button type="submit" class="button">${t('ideas:move')}</button>
          <a class="button button--link" href="${back}">${t('site:cancel')}</a>
        </p>
      </form>
    </div>
  </div>`;
}

/** In the history of an idea: where it has stood. */
export function movesSection(
  moves: readonly Move[],
  { spaces, timeZone }: { spaces: readonly NamedSpace[]; timeZone: string },
  t: T,
): Html {
  if (moves.length === 0) return html``;
  const named = (id: string) => {
    const space = spaces.find((each) => each.id === id);
    return space ? html`<span ${langAttributes(space.language)}>${space.title}</span>` : html`–`;
  };
  const line = ({ fromId, toId, movedAt, by }: Move) => html`<li>
      <time datetime="${movedAt.toISOString()}">${formatDate(movedAt, t.language, timeZone, { time: true })}</time> ·
      ${sentence(t, 'ideas:movedFromTo', { from: named(fromId), to: named(toId) })} · ${showAuthor(by, t)}
    </li>`;
  return html`<section class="section" aria-labelledby="moves">
    <div class="section-head"><h2 id="moves">${t('ideas:moves')}</h2></div>
    <ul class="plain">${moves.map(line)}</ul>
  </section>`;
}
