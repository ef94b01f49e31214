import { html, type Html } from '../../platform/html.ts';
import { formatDate, sentence, type T } from '../../platform/i18n.ts';
import { icon } from '../site/icon.ts';
import { autonymOf } from '../site/languages.ts';
import { named, showAuthor, showParallel } from '../texts/texts.views.ts';
import type { Improvement } from './improvements.reads.ts';
import { nameOfText } from './judged.views.ts';

export interface ImprovementsPage {
  items: readonly Improvement[];
  /** The last one, when there are older ones. */
  older: string | null;
  /** What this moderator reads texts in. */
  into: string;
  timeZone: string;
}

const PATH = '/moderation/translations';

/** What people translated, each beside its original and in the moderator's language, until somebody has looked at it. */
export function improvementsPage(page: ImprovementsPage, t: T): Html {
  const { items, older } = page;
  const [first] = items;
  const list = html`<div class="desk">${items.map((item) => improvementItem(item, page, t))}</div>`;
  return html`<header class="stack">
      <a class="back" href="/${t.language}/moderation">${icon('back', { turn: true })}${t('moderation:desk')}</a>
      <h1>${t('moderation:improvements')}</h1>
      <p class="lead">${t('moderation:improvementsLead')}</p>
    </header>
    <section class="section" aria-label="${t('moderation:improvements')}">
      ${first ? list : html`<p class="empty">${t('moderation:noImprovements')}</p>`}
      <div class="section actions">
        ${first && items.length > 1 ? lookedForm(items, t('moderation:lookedAll'), t) : ''}
        ${older ? html`<a class="button button--quiet" href="/${t.language}${PATH}?before=${older}">${t('moderation:older')}</a>` : ''}
      </div>
    </section>`;
}

function improvementItem(item: Improvement, { into, timeZone }: ImprovementsPage, t: T): Html {
  const { id, number, author, writtenAt, isInUse, before, original, words } = item;
  const own = `/${t.language}/texts/${original.id}/translations/${words.language}`;
  const about = nameOfText(words);
  const showing = { t, into, view: 'translation', path: own, about, readOnly: true } as const;
  const heading = sentence(t, 'texts:translationInto', { language: autonymOf(words.language, t) });
  const moment = formatDate(writtenAt, t.language, timeZone, { time: true });
  const link = (act: string, label: string) => {
    const href = `${own}/${act}&from=/${t.language}${PATH}`;
    return html`<a class="button button--quiet" href="${href}">${named(label, about, t)}</a>`;
  };
  return html`<article class="desk-item" id="desk-${id}" data-subject="${id}">
    <header>
      <h2 class="desk-title">
        <a href="${own}">${heading}</a>
      </h2>
      <ul class="meta">
        <li>${showAuthor(author, t)}</li>
        <li><time datetime="${writtenAt.toISOString()}">${moment}</time></li>
      </ul>
    </header>
    ${showParallel(original, showing)}
    ${words.translation ? showParallel(words, showing, heading) : ''}
    <div class="desk-acts">
      ${lookedForm([item], named(t('moderation:looked'), about, t), t)}
      ${isInUse ? link(`roll-back?to=${before}`, t(before === 0 ? 'translations:toMachine' : 'translations:bringEarlierBack')) : ''}
      ${link(`erase?to=${number}`, t('translations:erase'))}
    </div>
  </article>`;
}

/** One press for all of these, which stay as they are. */
function lookedForm(items: readonly Improvement[], words: Html | string, t: T): Html {
  const ids = items.map(({ id }) => id).join(' ');
  return html`<form method="post" action="/${t.language}${PATH}/${items[0]?.id ?? ''}/looked">
    <input type="hidden" name="texts" value="${ids}">
    <button type="submit" class="button button--quiet">${icon('check')}${words}</button>
  </form>`;
}
