import type { NamedSpace } from '../house/spaces.ts';
import { formatPercent } from '../../platform/formats.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, sentence, type T } from '../../platform/i18n.ts';
import { icon } from '../site/icon.ts';
import { langAttributes, nameOf } from '../site/languages.ts';
import type { Kind } from '../house/kinds.ts';
import { byline, languageQuestion, named, showParallel, type Name, type Showing } from '../texts/texts.views.ts';
import type { ShownText, ShownTranslation } from '../texts/texts.reads.ts';
import type { ShownDecision } from './decisions.reads.ts';
import type { DeskItem } from './desk.reads.ts';
import { nameOfText, showAnswered } from './judged.views.ts';
import { showDecision } from './moderation.views.ts';

/** What all items of the desk stand in. */
export interface Surroundings {
  /** Those the person moderates. */
  themes: readonly NamedSpace[];
  kinds: readonly Kind[];
  languages: readonly string[];
  /** What this moderator reads texts in. */
  into: string;
  timeZone: string;
}

/** Where an item stands: in the list of this address, under a name that no other item of the page has. */
interface Place {
  desk: string;
  about: Name;
}

/** One text beside its translation and what it answers, with what people and moderators say of it. */
export function deskItem(
  item: DeskItem,
  { kinds, themes, languages, into, timeZone }: Surroundings,
  { desk, about }: Place,
  t: T,
): Html {
  const kind = kinds.find((each) => each.kind === item.kind);
  const theme = themes.find(({ id }) => id === item.spaceId);
  const path = `/${t.language}${kind?.path(item) ?? ''}`;
  const back = `${desk}#desk-${item.id}`;
  const showing: Showing = { t, into, view: 'translation', path, about };
  return html`<article class="desk-item" id="desk-${item.id}" data-subject="${item.id}">
    <header>
      <h2 class="desk-title"><a href="${path}">${named(kind ? t(kind.noun) : '', about, t)}</a></h2>
      ${theme ? html`<span ${langAttributes(theme.language)}>${theme.title}</span>` : ''}
      ${stateOf(item, t)}
      ${byline(item, { t, timeZone, more: certainty(item, t) })}
    </header>
    ${showAnswered(item.answered, kinds, t)}
    ${showParallel(item.text, showing)}
    ${item.flags.length > 0 ? flagsOf(item, { back, about }, t) : ''}
    ${item.lastDecision ? decided(item.lastDecision, showing, timeZone) : ''}
    <div class="desk-acts">
      ${act(item, { path, back, about }, t)}
      ${languageQuestion(item.text, showing, languages)}
    </div>
  </article>`;
}

/** Where acts lead back to, and the name of the item for their buttons. */
type Back = Pick<Place, 'about'> & { back: string };

function decided(decision: ShownDecision, showing: Showing, timeZone: string): Html {
  return html`<div class="notice">
    ${icon('hide')}
    <div>${showDecision(decision, { ...showing, about: nameOfText(decision.text) }, timeZone)}</div>
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
  return [html`${t('moderation:certainty', { percent: formatPercent(confidence, t.language) })}`];
}

function flagsOf({ id, flags }: DeskItem, place: Back, t: T): Html {
  const count = flags.reduce((sum, flag) => sum + flag.count, 0);
  const until = flags.map((flag) => flag.until).reduce((last, each) => (each > last ? each : last));
  const number = formatNumber(count, t.language);
  return html`<section class="notice notice--warning">
    ${icon('flag')}
    <div class="stack">
      <h3 class="desk-title">${t('moderation:flaggedTimes', { count, number })}</h3>
      <ul class="plain">
        ${flags.map((flag) => html`<li>${flagGroup(flag, place, t)}</li>`)}
      </ul>
      <form method="post" action="/${t.language}/moderation/${id}/settle">
        <input type="hidden" name="until" value="${until}">
        <input type="hidden" name="to" value="${place.back}">
        <button type="submit" class="button button--quiet">
          ${icon('check')}${named(t('moderation:settle'), place.about, t)}
        </button>
      </form>
    </div>
  </section>`;
}

/** Notes are shown as they were written: nobody knows their language. */
function flagGroup({ reason, language, count, notes, inQuestion }: DeskItem['flags'][number], place: Back, t: T): Html {
  const words = language
    ? sentence(t, 'moderation:wrongIn', { language: nameOf(language, t) })
    : html`${t(`moderation:reason.${reason}`)}`;
  const times = count > 1 ? html` <b class="count">${formatNumber(count, t.language)}</b>` : '';
  const translated = inQuestion?.translation ? translationInQuestion(inQuestion, inQuestion.translation, place, t) : '';
  return html`${words}${times}
    ${notes.map((note) => html`<p class="desk-note"><bdi lang="">${note}</bdi></p>`)}
    ${translated}`;
}

/** The original beside the translation people call wrong, and what can be done about it. In the moderator's language both stand above. */
function translationInQuestion(
  text: ShownText,
  { language, state, origin }: ShownTranslation,
  { back, about }: Back,
  t: T,
): Html {
  const own = `/${t.language}/texts/${text.id}`;
  const link = (href: string, words: string) =>
    html`<a class="button button--quiet" href="${href}">${named(words, about, t)}</a>`;
  const anew = html`<form method="post" action="${own}/translations/${language}/anew">
    <input type="hidden" name="to" value="${back}">
    <button type="submit" class="button button--quiet">${named(t('translations:anew'), about, t)}</button>
  </form>`;
  const isMade = origin !== null && origin !== 'machine';
  return html`${language === t.language ? '' : showParallel(text, { t, view: 'translation', path: back, about })}
    <div class="actions">
      ${link(`${own}/improve/${language}`, t('texts:improve'))}
      ${state === 'unsupported' ? '' : anew}
      ${isMade ? link(`${own}/translations/${language}`, t('texts:revisions')) : ''}
    </div>`;
}

function act({ state }: DeskItem, { path, back, about }: Back & { path: string }, t: T): Html {
  if (state === 'withdrawn') return html``;
  const name = state === 'open' ? 'hide' : 'restore';
  const to = encodeURIComponent(back);
  return html`<a class="button button--quiet" href="${path}/${name}?to=${to}">${named(t(`moderation:${name}`), about, t)}</a>`;
}
