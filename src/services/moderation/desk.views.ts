import type { NamedSpace } from '../house/spaces.ts';
import { autonym, UNDETERMINED } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, sentence, type T } from '../../platform/i18n.ts';
import { choice, emptyForm } from '../site/forms.views.ts';
import { icon } from '../site/icon.ts';
import { langAttributes, nameOf } from '../site/languages.ts';
import { pluralForms } from '../site/plurals.ts';
import type { Kind } from '../house/kinds.ts';
import { byline, languageQuestion, showParallel, type Showing } from '../texts/texts.views.ts';
import type { ShownText, ShownTranslation } from '../texts/texts.reads.ts';
import type { DeskItem, DeskState } from './desk.reads.ts';
import { showDecision } from './moderation.views.ts';

/** What the address asks for. */
export interface Asked {
  kind: string | null;
  theme: string | null;
  language: string | null;
  state: DeskState | null;
  flagged: boolean;
  /** Only what is older than this one. */
  before: string | null;
}

export interface DeskPage {
  items: readonly DeskItem[];
  /** The last item, when there are older ones. */
  older: string | null;
  /** How many have flags nobody has looked at. */
  flagged: number;
  asked: Asked;
  /** Those the person moderates. */
  themes: readonly NamedSpace[];
  kinds: readonly Kind[];
  languages: readonly string[];
  timeZone: string;
}

export const STATES: readonly DeskState[] = ['public', 'hidden', 'withdrawn'];

/** Everything that was written, each text beside its translation, with what moderators do about it. */
export function deskPage(page: DeskPage, t: T): Html {
  const { items, flagged, asked } = page;
  const number = formatNumber(flagged, t.language);
  const waiting =
    flagged > 0
      ? html`<p class="desk-flagged"><a href="/${t.language}/moderation?flagged=1">${icon('flag')}${t('moderation:flaggedTexts', { count: flagged, number })}</a></p>`
      : html`<p class="hint">${t('moderation:noFlags')}</p>`;
  return html`<header class="stack"><h1>${t('moderation:desk')}</h1><p class="lead">${t('moderation:deskLead')}</p>${waiting}</header>
<section class="section" aria-label="${t('moderation:desk')}">${filters(page, t)}${pill(page, t)}
${items.length === 0 ? empty(asked, t) : html`<div class="desk">${items.map((item) => deskItem(item, page, t))}</div>${pages(page, t)}`}</section>`;
}

/** The address of the desk with something changed; what is not asked stays out of it. */
function href(asked: Asked, change: Partial<Asked>, t: T): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...asked, ...change }))
    if (value) query.set(name, value === true ? '1' : value);
  return `/${t.language}/moderation${query.size > 0 ? `?${query}` : ''}`;
}

const isFiltered = ({ kind, theme, language, state, flagged }: Asked): boolean =>
  Boolean(kind ?? theme ?? language ?? state) || flagged;

function filters({ asked, themes, kinds, languages }: DeskPage, t: T): Html {
  const { kind, theme, language, state } = asked;
  const form = {
    ...emptyForm,
    values: { kind: kind ?? '', theme: theme ?? '', language: language ?? '', state: state ?? '' },
  };
  const select = (name: string, label: string, options: Option[]) =>
    choice({ name, label, options: [{ value: '', words: t('contributions:any') }, ...options] }, form, t);
  const fields = [
    select(
      'kind',
      t('moderation:kind'),
      kinds.map((each) => ({ value: each.kind, words: t(each.noun) })),
    ),
    select(
      'theme',
      t('contributions:theme'),
      themes.map((each) => ({ value: each.slug, words: each.title, lang: each.language })),
    ),
    select('language', t('contributions:originalLanguage'), [
      ...languages.map((code) => ({ value: code, words: autonym(code), lang: code })),
      { value: UNDETERMINED, words: t('site:unknownLanguage') },
    ]),
    select(
      'state',
      t('moderation:state'),
      STATES.map((name) => ({ value: name, words: t(`moderation:state.${name}`) })),
    ),
  ];
  return html`<search><form class="filters" method="get" action="/${t.language}/moderation"><div class="filters-row">${fields}
<div class="choice"><input type="checkbox" id="flagged" name="flagged" value="1"${asked.flagged ? html` checked` : ''}><label for="flagged">${t('moderation:flaggedOnly')}</label></div>
<button type="submit" class="button button--quiet">${t('contributions:apply')}</button></div></form></search>`;
}

interface Option {
  value: string;
  words: string;
  lang?: string;
}

/** New texts announce themselves on the first page, where they will stand. */
function pill({ asked, kinds }: DeskPage, t: T): Html {
  if (asked.before || asked.flagged || (asked.state && asked.state !== 'public')) return html``;
  const names = asked.kind ?? kinds.map(({ kind }) => kind).join(' ');
  return html`<div class="live-slot" role="status" data-kind="${names}" data-pill-href="${href(asked, {}, t)}"${pluralForms('pill', 'moderation:newTexts', t)}></div>`;
}

function deskItem(item: DeskItem, page: DeskPage, t: T): Html {
  const { asked, kinds, themes, languages, timeZone } = page;
  const kind = kinds.find((each) => each.kind === item.kind);
  const theme = themes.find(({ id }) => id === item.spaceId);
  const path = `/${t.language}${kind?.path(item) ?? ''}`;
  const back = `${href(asked, {}, t)}#desk-${item.id}`;
  const showing: Showing = { t, view: 'translation', path };
  return html`<article class="desk-item" id="desk-${item.id}" data-subject="${item.id}"><header>
<h2 class="desk-title"><a href="${path}">${kind ? t(kind.noun) : ''}</a></h2>${theme ? html`<span ${langAttributes(theme.language)}>${theme.title}</span>` : ''}${stateOf(item, t)}
${byline(item, { t, timeZone, more: certainty(item, t) })}</header>
${showParallel(item.text, showing)}
${item.flags.length > 0 ? flagsOf(item, back, t) : ''}
${item.lastDecision ? html`<div class="notice">${icon('hide')}<div>${showDecision(item.lastDecision, showing, timeZone)}</div></div>` : ''}
<div class="desk-acts">${act(item, { path, back }, t)}${languageQuestion(item.text, t, languages)}</div></article>`;
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
  return html`<section class="notice notice--warning">${icon('flag')}<div class="stack"><h3 class="desk-title">${t('moderation:flaggedTimes', { count, number })}</h3><ul class="plain">${flags.map((flag) => html`<li>${flagGroup(flag, back, t)}</li>`)}</ul>
<form method="post" action="/${t.language}/moderation/${id}/settle"><input type="hidden" name="until" value="${until}"><input type="hidden" name="to" value="${back}"><button type="submit" class="button button--quiet">${icon('check')}${t('moderation:settle')}</button></form></div></section>`;
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
  return html`${words}${times}${notes.map((note) => html`<p class="desk-note"><bdi lang="">${note}</bdi></p>`)}${translated}`;
}

/** The original beside the translation people call wrong, and what moderators can do about it. In their own language both stand above already. */
function translationInQuestion(
  text: ShownText,
  { language, state, origin }: ShownTranslation,
  back: string,
  t: T,
): Html {
  const own = `/${t.language}/texts/${text.id}`;
  const both = language === t.language ? '' : showParallel(text, { t, view: 'translation', path: back });
  const anew =
    state === 'unsupported'
      ? ''
      : html`<form method="post" action="${own}/translations/${language}/anew"><input type="hidden" name="to" value="${back}"><button type="submit" class="button button--quiet">${t('translations:anew')}</button></form>`;
  const rollBack =
    origin === null || origin === 'machine'
      ? ''
      : html`<a class="button button--quiet" href="${own}/translations/${language}">${t('translations:rollBack')}</a>`;
  return html`${both}<div class="actions"><a class="button button--quiet" href="${own}/improve/${language}">${t('texts:improve')}</a>${anew}${rollBack}</div>`;
}

function act({ state }: DeskItem, { path, back }: { path: string; back: string }, t: T): Html {
  const link = (name: 'hide' | 'restore') =>
    html`<a class="button button--quiet" href="${path}/${name}?to=${encodeURIComponent(back)}">${t(`moderation:${name}`)}</a>`;
  if (state === 'withdrawn') return html``;
  return link(state === 'open' ? 'hide' : 'restore');
}

function empty(asked: Asked, t: T): Html {
  if (!isFiltered(asked)) return html`<p class="empty">${t('moderation:empty')}</p>`;
  return html`<div class="empty"><p>${t('moderation:emptyFiltered')}</p><p><a href="/${t.language}/moderation">${t('moderation:allTexts')}</a></p></div>`;
}

function pages({ asked, older }: DeskPage, t: T): Html {
  const link = (before: string | null, words: string) =>
    html`<a class="button button--quiet" href="${href(asked, { before }, t)}">${words}</a>`;
  if (!asked.before && !older) return html``;
  return html`<p class="section actions">${asked.before ? link(null, t('moderation:newest')) : ''}${older ? link(older, t('moderation:older')) : ''}</p>`;
}
