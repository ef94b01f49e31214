import type { NamedSpace } from '../house/spaces.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, sentence, type T } from '../../platform/i18n.ts';
import { icon } from '../site/icon.ts';
import { langAttributes, nameOf } from '../site/languages.ts';
import type { Kind } from '../house/kinds.ts';
import { byline, languageQuestion, showParallel, type Showing } from '../texts/texts.views.ts';
import type { ShownText, ShownTranslation } from '../texts/texts.reads.ts';
import type { ShownDecision } from './decisions.reads.ts';
import type { DeskItem } from './desk.reads.ts';
import { showDecision } from './moderation.views.ts';

/** What all items of the desk stand in. */
export interface Surroundings {
  /** Those the person moderates. */
  themes: readonly NamedSpace[];
  kinds: readonly Kind[];
  languages: readonly string[];
  timeZone: string;
}

/** One text beside its translation, with what people and moderators say of it. `desk` is the address of the list it stands in. */
export function deskItem(
  item: DeskItem,
  { kinds, themes, languages, timeZone }: Surroundings,
  desk: string,
  t: T,
): Html {
  const kind = kinds.find((each) => each.kind === item.kind);
  const theme = themes.find(({ id }) => id === item.spaceId);
  const path = `/${t.language}${kind?.path(item) ?? ''}`;
  const back = `${desk}#desk-${item.id}`;
  const showing: Showing = { t, view: 'translation', path };
  return html`<article class="desk-item" id="desk-${item.id}" data-subject="${item.id}">
    <header>
      <h2 class="desk-title"><a href="${path}">${kind ? t(kind.noun) : ''}</a></h2>
      ${theme ? html`<span ${langAttributes(theme.language)}>${theme.title}</span>` : ''}
      ${stateOf(item, t)}
      ${byline(item, { t, timeZone, more: certainty(item, t) })}
    </header>
    ${showParallel(item.text, showing)}
    ${item.flags.length > 0 ? flagsOf(item, back, t) : ''}
    ${item.lastDecision ? decided(item.lastDecision, showing, timeZone) : ''}
    <div class="desk-acts">
      ${act(item, { path, back }, t)}
      ${languageQuestion(item.text, t, languages)}
    </div>
  </article>`;
}

function decided(decision: ShownDecision, showing: Showing, timeZone: string): Html {
  return html`<div class="notice">
    ${icon('hide')}
    <div>${showDecision(decision, showing, timeZone)}</div>
  </div>`;
}

function stateOf({ state, closedAbove }: DeskItem, t: T): Html {
  if (state !== 'open') return html`<span class="desk-state">${icon('hide')}${t(`moderation:state.${state}`)}</span>`;
  return closedAbove ? html`<span class="desk-state">${icon('hide')}${t('moderation:closedAbove')}</span>` : html``;
}

/** How sure the detector was, or who said what language it is. */
function certainty({ text: { decidedBy, confidence } }: DeskItem, t: T): Html[] {
  if (decidedBy === 'author' || decidedBy === 'moderator') return [html`${t(`moderation:languageBy.${decidedBy}`)}`];
  if (confidence === null) return [];
  return [html`${t('moderation:certainty', { percent: formatNumber(Math.round(confidence * 100), t.language) })}`];
}

function flagsOf({ id, flags }: DeskItem, back: string, t: T): Html {
  const count = flags.reduce((sum, flag) => sum + flag.count, 0);
  const until = flags.map((flag) => flag.until).reduce((last, each) => (each > last ? each : last));
  const number = formatNumber(count, t.language);
  return html`<section class="notice notice--warning">
    ${icon('flag')}
    <div class="stack">
      <h3 class="desk-title">${t('moderation:flaggedTimes', { count, number })}</h3>
      <ul class="plain">
        ${flags.map((flag) => html`<li>${flagGroup(flag, back, t)}</li>`)}
      </ul>
      <form method="post" action="/${t.language}/moderation/${id}/settle">
        <input type="hidden" name="until" value="${until}">
        <input type="hidden" name="to" value="${back}">
        <button type="submit" class="button button--quiet">${icon('check')}${t('moderation:settle')}</button>
      </form>
    </div>
  </section>`;
}

/** Notes are shown as they were written: nobody knows their language. */
function flagGroup(
  { reason, language, count, notes, inQuestion }: DeskItem['flags'][number],
  back: string,
  t: T,
): Html {
  const words = language
    ? sentence(t, 'moderation:wrongIn', { language: nameOf(language, t) })
    : html`${t(`moderation:reason.${reason}`)}`;
  const times = count > 1 ? html` <b class="count">${formatNumber(count, t.language)}</b>` : '';
  const translated = inQuestion?.translation ? translationInQuestion(inQuestion, inQuestion.translation, back, t) : '';
  return html`${words}${times}
    ${notes.map((note) => html`<p class="desk-note"><bdi lang="">${note}</bdi></p>`)}
    ${translated}`;
}

/** The original beside the translation people call wrong, and what can be done about it. In the moderator's language both stand above. */
function translationInQuestion(
  text: ShownText,
  { language, state, origin }: ShownTranslation,
  back: string,
  t: T,
): Html {
  const own = `/${t.language}/texts/${text.id}`;
  const link = (href: string, words: string) => html`<a class="button button--quiet" href="${href}">${words}</a>`;
  const anew = html`<form method="post" action="${own}/translations/${language}/anew">
    <input type="hidden" name="to" value="${back}">
    <button type="submit" class="button button--quiet">${t('translations:anew')}</button>
  </form>`;
  const isMade = origin !== null && origin !== 'machine';
  return html`${language === t.language ? '' : showParallel(text, { t, view: 'translation', path: back })}
    <div class="actions">
      ${link(`${own}/improve/${language}`, t('texts:improve'))}
      ${state === 'unsupported' ? '' : anew}
      ${isMade ? link(`${own}/translations/${language}`, t('translations:rollBack')) : ''}
    </div>`;
}

function act({ state }: DeskItem, { path, back }: { path: string; back: string }, t: T): Html {
  if (state === 'withdrawn') return html``;
  const name = state === 'open' ? 'hide' : 'restore';
  const to = encodeURIComponent(back);
  return html`<a class="button button--quiet" href="${path}/${name}?to=${to}">${t(`moderation:${name}`)}</a>`;
}
