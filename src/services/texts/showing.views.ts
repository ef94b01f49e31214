import type { Key } from '#locales/keys.ts';
import { languageName } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import { sentence, type T } from '../../platform/i18n.ts';
import { icon, type Icon } from '../site/icon.ts';
import { langAttributes, nameOf } from '../site/languages.ts';
import { withQuery } from '../site/addresses.ts';
import { linkTo } from '../people/people.views.ts';
import { viewFor } from './preference.ts';
import type { Preference, View } from '../../platform/reader.ts';
import type { ShownText, ShownTranslation } from './texts.reads.ts';

// The line that stands under every text: what is being read, how it came about, and what the reader can do about it.

/** How a reader meets a text. `path` is the page's address without `view`, for the switch that works without script. */
export interface Showing extends Preference {
  t: T;
  /** The language they read texts in, when that is not the one of the page. */
  into?: string;
  path: string;
  /** Nobody improves its translation: what moderators said. */
  readOnly?: boolean;
  /** Its first words, where many texts stand: controls are named after them. */
  about?: Name | undefined;
}

/** True when there is a translation and it is what the reader wants to see. */
export function isTranslated(text: ShownText, preference: Preference): boolean {
  return text.translation?.state === 'ready' && viewFor(text, preference) === 'translation';
}

/** The words of a control, with what it acts on for those who hear the page. */
export function named(words: Html | string, about: Name | undefined, t: T): Html {
  if (!about) return html`${words}`;
  const name = html`<bdi ${langAttributes(about.language)}>${about.words}</bdi>`;
  return html`${words}<span class="hidden">${sentence(t, 'texts:about', { about: name })}</span>`;
}

/** What a text is called by its controls, in the language it was written in. */
export interface Name {
  words: string;
  language: string;
}

/** Under a translation: who made it, and the ways to the original, to a better one, and to the moderators. */
export function translatedLine(text: ShownText, translation: ShownTranslation, showing: Showing): Html {
  const { t, about, readOnly = false } = showing;
  const own = `/${t.language}/texts/${text.id}`;
  const acts = readOnly
    ? []
    : [
        improveLink(text, translation, 'texts:improve', showing),
        ...(translation.origin === 'machine'
          ? []
          : [html`<a href="${own}/translations/${translation.language}">${named(t('texts:revisions'), about, t)}</a>`]),
        html`<a href="${own}/report?reason=wrong-translation" rel="nofollow">${named(t('texts:isWrong'), about, t)}</a>`,
      ];
  return line(pictureOf(translation), provenance(text, translation, t), [swap('original', text, showing), ...acts]);
}

/** Under an original that has a translation. */
export function originalLine(text: ShownText, showing: Showing): Html {
  const { t } = showing;
  const words = sentence(t, 'texts:originalIn', { language: nameOf(text.language, t) });
  return line('swap', words, [swap('translation', text, showing)]);
}

/** A link for those whose choice is in the address; for others a small form, whose answer is kept. Script swaps both where they stand. */
function swap(to: View, { id }: ShownText, { t, path, about, remembers = false }: Showing): Html {
  const words = named(t(to === 'original' ? 'texts:showOriginal' : 'texts:showTranslation'), about, t);
  if (!remembers) return html`<a href="${withQuery(path, { view: to })}" data-swap="${id}">${words}</a>`;
  return html`<form method="post" action="/${t.language}/texts/${id}/view">
    <input type="hidden" name="view" value="${to}">
    <input type="hidden" name="to" value="${path}">
    <button type="submit" class="button button--link" data-swap="${id}">${words}</button>
  </form>`;
}

function improveLink({ id }: ShownText, { language }: ShownTranslation, words: Key, { t, about }: Showing): Html {
  return html`<a href="/${t.language}/texts/${id}/improve/${language}" rel="nofollow">${named(t(words), about, t)}</a>`;
}

export const pictureOf = ({ origin }: ShownTranslation): Icon => (origin === 'machine' ? 'swap' : 'check');

/** Who translated, from what, and by which road: always named. */
export function provenance(text: ShownText, translation: ShownTranslation, t: T): Html {
  const parts = { language: nameOf(text.language, t) };
  if (translation.origin === 'machine') return byMachine(translation, parts, t);
  const made = byPerson(translation, parts, t);
  return translation.outdated ? html`${made} · ${sentence(t, 'texts:outdated', parts)}` : made;
}

function byPerson({ author }: ShownTranslation, parts: { language: Html }, t: T): Html {
  if (!author) return sentence(t, 'texts:byPerson', parts);
  return sentence(t, 'texts:byNamed', { ...parts, person: linkTo(author, t) });
}

function byMachine({ label, via, variant, isRough }: ShownTranslation, parts: { language: Html }, t: T): Html {
  const engine = label ?? '';
  const made = via
    ? sentence(
        t,
        isRough ? 'texts:byEngineVia' : 'texts:byGoodEngineVia',
        { ...parts, via: nameOf(via, t) },
        { engine },
      )
    : sentence(t, isRough ? 'texts:byEngine' : 'texts:byGoodEngine', parts, { engine });
  if (!variant) return made;
  return html`${made}. ${t('texts:inVariant', { variant: languageName(variant, t.language) })}`;
}

/** Why there is no translation to read, and what can be done about it. On a card only the words. */
export function stateLine(text: ShownText, showing: Showing, { acts = true } = {}): Html {
  const { t, readOnly = false } = showing;
  const { translation } = text;
  if (!translation) return html``;
  const { state } = translation;
  const button = BUTTONS[state];
  const waits = state === 'queued' || state === 'suspended';
  const all = [
    ...(button ? [wishForm(text, button, showing)] : []),
    ...(readOnly || state === 'queued' ? [] : [improveLink(text, translation, 'texts:translateYourself', showing)]),
  ];
  return line(waits ? 'clock' : 'info', stateWords(text, translation, t), acts ? all : [], !waits);
}

const BUTTONS: Partial<Record<ShownTranslation['state'], Key>> = {
  available: 'texts:translate',
  failed: 'texts:tryAgain',
};

/** Each state in a sentence, with what the reader has before them. */
export function stateWords(text: ShownText, { state, failure, waitsLong }: ShownTranslation, t: T): Html {
  const language = nameOf(text.language, t);
  switch (state) {
    case 'queued':
      return html`${t(waitsLong ? 'texts:comingLate' : 'texts:coming')}`;
    case 'suspended':
      return html`${t(SUSPENDED[failure ?? ''] ?? 'texts:suspended.away')}`;
    case 'failed':
      return html`${t(failure === 'too_long' ? 'texts:failedTooLong' : 'texts:failed')}`;
    case 'unsupported':
      return sentence(t, 'texts:unsupported', { language });
    default:
      return sentence(t, 'texts:originalIn', { language });
  }
}

const SUSPENDED: Record<string, Key> = {
  paused: 'texts:suspended.paused',
  quota: 'texts:suspended.quota',
  auth: 'texts:suspended.refused',
  rate_limited: 'texts:suspended.busy',
};

function wishForm({ id }: ShownText, words: Key, { t, about }: Showing): Html {
  return html`<form method="post" action="/${t.language}/texts/${id}/wish">
    <button type="submit" class="button button--link">${icon('swap')}${named(t(words), about, t)}</button>
  </form>`;
}

export function line(picture: Icon, words: Html, acts: readonly Html[] = [], isMuted = false): Html {
  const more =
    acts.length > 0 ? html`<ul class="translation-acts">${acts.map((act) => html`<li>${act}</li>`)}</ul>` : '';
  return html`<div class="translation-line${isMuted ? ' translation-line--none' : ''}">
    <span>${icon(picture)}<span>${words}</span></span>
    ${more}
  </div>`;
}
