import { autonym } from '../../translation/languages.ts';
import { html, type Html } from '../platform/html.ts';
import { formatDate, sentence, type T } from '../platform/i18n.ts';
import type { FormState } from '../site/forms.views.ts';
import { icon } from '../site/icon.ts';
import { autonymOf, langAttributes, nameOf } from '../site/languages.ts';
import type { Author, ShownContribution } from './contributions.reads.ts';
import { renderMarkdown } from './markdown.ts';
import type { ShownText, ShownTranslation } from './texts.reads.ts';

export type View = 'translation' | 'original';

/** How a reader meets a text. `path` is the page's address without `view`, for the switch that works without script. */
export interface Showing {
  t: T;
  view: View;
  path: string;
}

/** True when there is a translation and it is what the reader wants to see first. */
function isTranslated(text: ShownText, view: View): boolean {
  return view === 'translation' && text.translation?.state === 'ready';
}

/** The title in a heading. Both versions stand on the page; script swaps what the link would load. */
export function showTitle(text: ShownText, { view }: Showing): Html {
  const translated = isTranslated(text, view);
  const { translation } = text;
  const original = version({
    id: text.id,
    name: 'original',
    isHidden: translated,
    body: html`<h1 ${langAttributes(text.language)}>${text.title}</h1>`,
  });
  if (translation?.state !== 'ready') return original;
  return html`${version({ id: text.id, name: 'translation', isHidden: !translated, body: html`<h1 ${langAttributes(translation.language)}>${translation.title}</h1>`, rail: railOf(translation) })}${original}`;
}

/** The body with the line that says what is being read: a translation, the original, or why there is none. */
export function showText(text: ShownText, showing: Showing): Html {
  const { t } = showing;
  const translated = isTranslated(text, showing.view);
  const { translation } = text;
  const below = translation?.state === 'ready' ? switchBack(text, showing) : stateLine(text, showing);
  const rail = translation?.state === 'queued' ? 'translated translated--pending' : '';
  const original = version({
    id: text.id,
    name: 'original',
    isHidden: translated,
    body: html`${prose(text.body, text.language, t.language)}${below}`,
    rail,
  });
  if (translation?.state !== 'ready') return original;
  const body = html`${prose(translation.body ?? '', translation.language, t.language)}${translatedLine(text, translation, showing)}`;
  return html`${version({ id: text.id, name: 'translation', isHidden: !translated, body, rail: railOf(translation) })}${original}`;
}

/** The original beside its translation, for those who must judge both. While there is none, the original says why. */
export function showParallel(text: ShownText, showing: Showing): Html {
  const { t } = showing;
  const { translation } = text;
  const original = column(sentence(t, 'texts:originalIn', { language: nameOf(text.language, t.language) }), text, t);
  if (translation?.state !== 'ready')
    return html`<div class="parallel"><section>${original}${stateLine(text, showing)}</section></div>`;
  const heading = sentence(t, 'texts:translationInto', { language: autonymOf(translation.language) });
  const translated = column(heading, { ...translation, body: translation.body ?? '' }, t);
  return html`<div class="parallel"><section>${original}</section><section class="${railOf(translation)}">${translated}${line(translation.origin === 'machine' ? 'swap' : 'check', html`<span>${provenance(text, translation, t)}</span>`)}</section></div>`;
}

function column(
  heading: Html,
  { title, body, language }: { title: string | null; body: string; language: string },
  t: T,
): Html {
  const named = title ? html`<p class="parallel-title" ${langAttributes(language)}>${title}</p>` : '';
  return html`<h3>${heading}</h3>${named}${prose(body, language, t.language)}`;
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
    html`<span class="lang">${autonymOf(text.language)}</span>`,
    ...(shown.editedAt ? [html`${t('ideas:edited')}`] : []),
    ...more,
    ...(report && shown.state === 'open'
      ? [html`<a href="/${t.language}/texts/${text.id}/report" rel="nofollow">${t('moderation:report')}</a>`]
      : []),
  ];
  return html`<ul class="meta">${facts.map((fact) => html`<li>${fact}</li>`)}</ul>`;
}

function authorOf({ author, source }: ShownContribution, t: T): Html {
  return source && !author
    ? html`<span>${t('ideas:importedFrom', { source: sourceName(source) })}</span>`
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
  if (translation.state !== 'ready') return stateLine(text, showing, { button: false });
  if (!isTranslated(text, showing.view)) return html``;
  const { t } = showing;
  return line(
    translation.origin === 'machine' ? 'swap' : 'check',
    html`<span>${provenance(text, translation, t)}</span>`,
    html`<a href="${href}?view=original">${t('texts:showOriginal')}</a>`,
  );
}

/** The words a card shows, and the language they are in. */
export function chosenWords(text: ShownText, view: View): { title: string; body: string; language: string } {
  const { translation } = text;
  if (view === 'translation' && translation?.state === 'ready')
    return { title: translation.title ?? '', body: translation.body ?? '', language: translation.language };
  return { title: text.title ?? '', body: text.body, language: text.language };
}

/** Who wrote something, as a link to what else they wrote; an erased person has no name. */
export function showAuthor(author: Author | null, t: T): Html {
  return author
    ? html`<a href="/${t.language}/people/${author.handle}"><bdi>${author.name}</bdi></a>`
    : html`<span>${t('people:erased')}</span>`;
}

interface Version {
  id: string;
  name: View;
  isHidden: boolean;
  body: Html;
  rail?: string;
}

function version({ id, name, isHidden, body, rail }: Version): Html {
  return html`<div data-text="${id}" data-version="${name}"${rail ? html` class="${rail}"` : ''}${isHidden ? html` hidden` : ''}>${body}</div>`;
}

function railOf({ origin }: ShownTranslation): string {
  return origin === 'machine' ? 'translated' : 'translated translated--human';
}

function prose(body: string, language: string, reader: string): Html {
  return html`<div class="prose" ${langAttributes(language)}>${renderMarkdown(body, reader)}</div>`;
}

function translatedLine(text: ShownText, translation: ShownTranslation, { t, path }: Showing): Html {
  return line(
    translation.origin === 'machine' ? 'swap' : 'check',
    html`<span>${provenance(text, translation, t)}</span>`,
    html`<a href="${path}?view=original" data-swap="${text.id}">${t('texts:showOriginal')}</a>`,
  );
}

function switchBack(text: ShownText, { t, path }: Showing): Html {
  return line(
    'swap',
    html`<span>${sentence(t, 'texts:originalIn', { language: nameOf(text.language, t.language) })}</span>`,
    html`<a href="${path}?view=translation" data-swap="${text.id}">${t('texts:showTranslation')}</a>`,
  );
}

/** Who translated, from what, and by which road: always named. */
function provenance(text: ShownText, { origin, engine, via, outdated }: ShownTranslation, t: T): Html {
  const language = nameOf(text.language, t.language);
  if (outdated) return sentence(t, 'texts:byPersonOutdated', { language });
  if (origin !== 'machine') return sentence(t, 'texts:byPerson', { language });
  const name = engineName(engine);
  return via
    ? sentence(t, 'texts:byEngineVia', { language, via: nameOf(via, t.language) }, { engine: name })
    : sentence(t, 'texts:byEngine', { language }, { engine: name });
}

const engineName = (engine: string | null): string => (engine === 'apertium' ? 'Apertium' : (engine ?? ''));

function stateLine(text: ShownText, { t }: Showing, { button = true } = {}): Html {
  const { translation } = text;
  if (!translation) return html``;
  const language = nameOf(text.language, t.language);
  switch (translation.state) {
    case 'queued':
    case 'suspended':
      return line('clock', html`<span>${t('texts:coming')}</span>`);
    case 'failed':
      return line('info', html`<span>${t('texts:failed')}</span>`, null, 'translation-line--none');
    case 'available':
      return button
        ? wishForm(text, t)
        : line(
            'info',
            html`<span>${sentence(t, 'texts:originalIn', { language })}</span>`,
            null,
            'translation-line--none',
          );
    default:
      return line(
        'info',
        html`<span>${sentence(t, 'texts:unsupported', { language })}</span>`,
        null,
        'translation-line--none',
      );
  }
}

function wishForm(text: ShownText, t: T): Html {
  return html`<form class="translation-line translation-line--none" method="post" action="/${t.language}/texts/${text.id}/wish"><button type="submit" class="button button--link">${icon('swap')}${t('texts:translate')}</button></form>`;
}

function line(
  picture: 'swap' | 'check' | 'clock' | 'info',
  words: Html,
  action: Html | null = null,
  modifier = '',
): Html {
  return html`<p class="translation-line${modifier ? ` ${modifier}` : ''}"><span>${icon(picture)}${words}</span>${action ? html`<span>${action}</span>` : ''}</p>`;
}

/** In which language something is written: recognised while writing, and the author's word counts. */
export function languageField(languages: readonly string[], { values, errors }: FormState, t: T): Html {
  const error = errors.find((each) => each.field === 'language');
  return html`<div class="field${error ? ' field--error' : ''}"><label for="language">${t('texts:writtenIn')}</label><p class="hint" id="language-hint" data-detected>${t('texts:recognised')}</p>${
    error ? html`<p class="error-text" id="language-error">${icon('warn')}${t(error.key, error.params)}</p>` : ''
  }<select class="input" id="language" name="language" aria-describedby="language-hint${error ? ' language-error' : ''}"><option value="">${t('texts:recogniseIt')}</option>${languages.map(
    (code) =>
      html`<option value="${code}" lang="${code}"${values['language'] === code ? html` selected` : ''}>${autonym(code)}</option>`,
  )}</select></div>`;
}

/** Asked of the author when the detector was not sure, and offered always. */
export function languageQuestion(
  text: ShownText,
  t: T,
  languages: readonly string[],
  { asks }: { asks: boolean },
): Html {
  const options = languages.map(
    (code) =>
      html`<option value="${code}" lang="${code}"${code === text.language ? html` selected` : ''}>${optionName(code, t)}</option>`,
  );
  const form = html`<form class="language-question" method="post" action="/${t.language}/texts/${text.id}/language">
<div class="field"><label for="language-${text.id}">${t('texts:languageOfText')}</label><select class="input" id="language-${text.id}" name="language">${options}</select></div>
<button type="submit" class="button button--quiet">${t('texts:saveLanguage')}</button></form>`;
  if (asks)
    return html`<div class="notice language-asked">${icon('info')}<div><p>${sentence(t, 'texts:notSure', { language: nameOf(text.language, t.language) })}</p>${form}</div></div>`;
  return html`<details class="fold"><summary>${sentence(t, 'texts:detected', { language: nameOf(text.language, t.language) })}${icon('down')}</summary>${form}</details>`;
}

function optionName(code: string, t: T): string {
  return new Intl.DisplayNames([t.language], { type: 'language' }).of(code) ?? code;
}

/** The page between a text and the outside: says where a link leads before it leads there. */
export function exitPage(t: T, target: URL): Html {
  return html`<div class="folio"><div class="stack"><h1>${t('texts:exit.title')}</h1><p class="lead">${t('texts:exit.lead')}</p>
<p class="exit-target"><bdi dir="ltr">${target.href}</bdi></p><p>${t('texts:exit.host')} <strong><bdi dir="ltr">${target.hostname}</bdi></strong></p>
<p class="actions"><a class="button" href="${target.href}" rel="nofollow ugc noopener noreferrer">${icon('out', { turn: true })}${t('texts:exit.go')}</a><a class="button button--quiet" href="/${t.language}">${t('texts:exit.stay')}</a></p></div></div>`;
}
