import { html, type Html } from '../../platform/html.ts';
import { formatDate, sentence, type T } from '../../platform/i18n.ts';
import { icon } from '../site/icon.ts';
import { autonymOf, langAttributes, nameOf } from '../site/languages.ts';
import { linkTo } from '../people/people.views.ts';
import type { Named } from '../people/author.ts';
import type { ShownContribution } from './contributions.reads.ts';
import type { Compare } from './diff.ts';
import { languageField, languageQuestion, saidLanguage } from './language.views.ts';
import { renderMarkdown } from './markdown.ts';
import { keepView } from './preference.ts';
import type { Preference, View } from '../../platform/reader.ts';
import {
  isTranslated,
  line,
  named,
  originalLine,
  pictureOf,
  provenance,
  stateLine,
  stateWords,
  translatedLine,
  type Name,
  type Showing,
} from './showing.views.ts';
import type { ShownText, ShownTranslation, Title } from './texts.reads.ts';
import { sayName, showName } from './titles.views.ts';

export { keepView, languageField, languageQuestion, named, saidLanguage, sayName, showName, stateWords };
export type { Name, Showing, Title, View };

/** The title in a heading. Both versions stand on the page; script swaps what the link would load. */
export function showTitle(text: ShownText, showing: Showing): Html {
  const translated = isTranslated(text, showing);
  const { translation } = text;
  const original = version({
    id: text.id,
    name: 'original',
    isHidden: translated,
    body: html`<h1 ${langAttributes(text.language)}>${text.title}</h1>`,
  });
  if (translation?.state !== 'ready') return original;
  const { title, language, origin } = translation;
  const name = showName({ title, language, isMachine: origin === 'machine' }, showing.t, { isBrief: true });
  const body = html`<h1 ${langAttributes(language)}>${name}</h1>`;
  const rail = railOf(translation);
  return html`${version({ id: text.id, name: 'translation', isHidden: !translated, body, rail })}${original}`;
}

/** The body with the line that says what is being read: a translation, the original, or why there is none. */
export function showText(text: ShownText, showing: Showing): Html {
  const { t } = showing;
  const translated = isTranslated(text, showing);
  const { translation } = text;
  const below = translation?.state === 'ready' ? originalLine(text, showing) : stateLine(text, showing);
  const rail = translation?.state === 'queued' ? 'translated translated--pending' : '';
  const original = version({
    id: text.id,
    name: 'original',
    isHidden: translated,
    body: html`${prose(text, `${text.id}-o`, t)}${below}`,
    rail,
  });
  if (translation?.state !== 'ready') return original;
  const body = html`${prose(translation, `${text.id}-t`, t)}
    ${translatedLine(text, translation, showing)}`;
  return html`${version({ id: text.id, name: 'translation', isHidden: !translated, body, rail: railOf(translation) })}
    ${original}`;
}

/**
 * The original beside its translation, for those who must judge both. While there is none, the original says why. `heading` says what the
 * text is where it is no original.
 */
export function showParallel(text: ShownText, showing: Showing, heading?: Html): Html {
  const { t } = showing;
  const { translation } = text;
  const written = { ...text, isMachine: false };
  // A desk may show two translations of one text, each with its original.
  const place = `${text.id}-${translation?.language}`;
  const original = column(
    heading ?? sentence(t, 'texts:originalIn', { language: nameOf(text.language, t) }),
    written,
    `${place}-o`,
    t,
  );
  if (translation?.state !== 'ready')
    return html`<div class="parallel">
      <section>${original}${stateLine(text, showing)}</section>
    </div>`;
  const into = sentence(t, 'texts:translationInto', { language: autonymOf(translation.language, t) });
  const made = { ...translation, body: translation.body ?? '', isMachine: translation.origin === 'machine' };
  const translated = column(into, made, `${place}-t`, t);
  return html`<div class="parallel">
    <section>${original}</section>
    <section class="${railOf(translation)}">
      ${translated}
      ${line(pictureOf(translation), provenance(text, translation, t))}
      ${missed(translation, t)}
    </section>
  </div>`;
}

/** What the engine did not say as the glossary has it: for those who judge, not for readers. */
function missed({ missedTerms }: ShownTranslation, t: T): Html {
  if (!missedTerms || missedTerms.length === 0) return html``;
  return html`<p class="hint">${t('texts:missedTerms')} <bdi lang="">${missedTerms.join(' · ')}</bdi></p>`;
}

function column(heading: Html, words: Title & { body: string }, place: string, t: T): Html {
  const attributes = langAttributes(words.language);
  const name = showName(words, t, { isBrief: true });
  const ownTitle = words.title ? html`<p class="parallel-title" ${attributes}>${name}</p>` : '';
  return html`<h3>${heading}</h3>${ownTitle}${prose(words, place, t)}`;
}

interface Byline {
  t: T;
  timeZone: string;
  /** Where the day leads; on a card and on its own page nowhere. */
  href?: string;
  /** Offered where the whole text is read. */
  report?: boolean;
  /** What else there is to say. */
  more?: readonly Html[];
}

/** Author, day and language of a contribution of any kind, and the way to report it. */
export function byline(shown: ShownContribution, { t, timeZone, href, report = false, more = [] }: Byline): Html {
  const { publishedAt, text } = shown;
  const day = html`<time datetime="${publishedAt.toISOString()}">${formatDate(publishedAt, t.language, timeZone)}</time>`;
  const facts = [
    authorOf(shown, t),
    href ? html`<a href="${href}">${day}</a>` : day,
    html`<span class="lang">${autonymOf(text.language, t)}</span>`,
    ...(shown.editedAt ? [html`${t('contributions:edited')}`] : []),
    ...more,
    ...(report && shown.state === 'open'
      ? [html`<a href="/${t.language}/texts/${text.id}/report" rel="nofollow">${t('moderation:flag')}</a>`]
      : []),
  ];
  return html`<ul class="meta">${facts.map((fact) => html`<li>${fact}</li>`)}</ul>`;
}

function authorOf({ author, source }: ShownContribution, t: T): Html {
  return source && !author
    ? html`<span>${t('contributions:importedFrom', { source: sourceName(source) })}</span>`
    : showAuthor(author, t);
}

const SOURCES: Record<string, string> = {
  'decide-madrid': 'Decide Madrid',
  'consul-de': 'CONSUL Deutschland',
  parallel: 'NTREX-128',
};
const sourceName = (source: string): string => SOURCES[source] ?? source;

/** The one line under a card. */
export function showCardLine(text: ShownText, showing: Showing, href: string): Html {
  const { translation } = text;
  if (!translation) return html``;
  if (translation.state !== 'ready') return stateLine(text, showing, { acts: false });
  if (!isTranslated(text, showing)) return html``;
  const { t, about } = showing;
  return line(pictureOf(translation), provenance(text, translation, t), [
    html`<a href="${href}?view=original">${named(t('texts:showOriginal'), about, t)}</a>`,
  ]);
}

/** The words a card shows, and the language they are in. A view that is named counts as asked for. */
export function chosenWords(text: ShownText, preference: Preference | View): Title & { title: string; body: string } {
  const wanted = typeof preference === 'string' ? { view: preference, isAsked: true } : preference;
  const { translation } = text;
  if (!translation || !isTranslated(text, wanted))
    return { title: text.title ?? '', body: text.body, language: text.language, isMachine: false };
  const { title, body, language, origin } = translation;
  return { title: title ?? '', body: body ?? '', language, isMachine: origin === 'machine' };
}

/** "Show texts in: English | Original", for the whole page. */
export function viewSwitch({ t, view, into = t.language }: Showing, path: (view: View) => string): Html {
  const entry = (name: View, words: Html | string) =>
    html`<li><a href="${path(name)}"${view === name ? html` aria-current="true"` : ''}>${words}</a></li>`;
  const entries = html`${entry('translation', autonymOf(into, t))}${entry('original', t('texts:original'))}`;
  return html`<div><p class="hidden">${t('texts:showIn')}</p><ul class="switch">${entries}</ul></div>`;
}

/** Words taken out and put in, marked by element, sign and colour. */
export function showChanges(compare: Compare, before: string, after: string, t: T): Html {
  return html`${compare(before, after).map(({ type, words }) =>
    type === 'same'
      ? words
      : type === 'removed'
        ? html`<del><span class="hidden">${t('contributions:removed')} </span>${words}</del>`
        : html`<ins><span class="hidden">${t('contributions:added')} </span>${words}</ins>`,
  )}`;
}

/** Who wrote something, as a link to what else they wrote; an erased person has no name. */
export function showAuthor(author: Named | null, t: T): Html {
  return author ? linkTo(author, t) : html`<span>${t('people:erased')}</span>`;
}

interface Version {
  id: string;
  name: View;
  isHidden: boolean;
  body: Html;
  rail?: string;
}

function version({ id, name, isHidden, body, rail }: Version): Html {
  const more = [rail ? html` class="${rail}"` : '', isHidden ? html` hidden` : ''];
  return html`<div data-text="${id}" data-version="${name}"${more}>${body}</div>`;
}

function railOf({ origin }: ShownTranslation): string {
  return origin === 'machine' ? 'translated' : 'translated translated--human';
}

function prose({ body, language }: { body: string | null; language: string }, place: string, t: T): Html {
  return html`<div class="prose" ${langAttributes(language)}>${renderMarkdown(body ?? '', { t, place })}</div>`;
}

/**
 * The page between a text and the outside: says where a link leads before it leads there. Links in texts tell no referrer, so `back` may be
 * the front page; with script whoever stays goes back to what they were reading.
 */
export function exitPage(t: T, target: URL, back: string): Html {
  const go = html`${icon('out', { turn: true })}${t('texts:exit.go')}`;
  const host = html`<strong><bdi dir="ltr">${target.hostname}</bdi></strong>`;
  return html`<div class="folio">
    <div class="stack">
      <h1>${t('texts:exit.title')}</h1>
      <p class="lead">${t('texts:exit.lead')}</p>
      <p class="exit-target"><bdi dir="ltr">${target.href}</bdi></p>
      <p>${sentence(t, 'texts:exit.host', { host })}</p>
      <p class="actions">
        <a class="button" href="${target.href}" rel="nofollow ugc noopener noreferrer">${go}</a>
        <a class="button button--quiet" href="${back}" data-back>${t('texts:exit.stay')}</a>
      </p>
    </div>
  </div>`;
}
