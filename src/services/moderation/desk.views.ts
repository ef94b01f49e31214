import { UNDETERMINED } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { choice, emptyForm } from '../site/forms.views.ts';
import { icon } from '../site/icon.ts';
import { languageOptions } from '../site/languages.ts';
import { pluralForms } from '../site/plurals.ts';
import { deskItem, type Surroundings } from './desk-item.views.ts';
import type { DeskItem, DeskState } from './desk.reads.ts';
import type { Name } from '../texts/texts.views.ts';
import { nameOfText } from './judged.views.ts';

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

export interface DeskPage extends Surroundings {
  items: readonly DeskItem[];
  /** The last item, when there are older ones. */
  older: string | null;
  /** How many have flags nobody has looked at. */
  flagged: number;
  /** How many translations by people nobody has looked at. */
  improvements: number;
  asked: Asked;
}

export const STATES: readonly DeskState[] = ['public', 'hidden', 'withdrawn'];

/** Everything that was written, each text beside its translation, with what moderators do about it. */
export function deskPage(page: DeskPage, t: T): Html {
  const { items, flagged, improvements, asked } = page;
  const here = href(asked, {}, t);
  const names = namesOf(items);
  const list = html`<div class="desk">
      ${items.map((item, place) => deskItem(item, page, { desk: here, about: names[place] ?? nameOfText(item.text) }, t))}
    </div>
    ${pages(page, t)}`;
  return html`<header class="stack">
      <h1>${t('moderation:desk')}</h1>
      <p class="lead">${t('moderation:deskLead')}</p>
      ${reports(flagged, t)}
      ${improvements > 0 ? improvementsLink(improvements, t) : ''}
    </header>
    <section class="section" aria-label="${t('moderation:desk')}">
      ${filters(page, t)}
      ${pill(page, t)}
      ${items.length === 0 ? empty(asked, t) : list}
    </section>`;
}

/** Names for the buttons of each item; who says the same as another is counted. */
function namesOf(items: readonly DeskItem[]): Name[] {
  const met = new Map<string, number>();
  return items.map(({ text }) => {
    const name = nameOfText(text);
    const count = (met.get(name.words) ?? 0) + 1;
    met.set(name.words, count);
    return count > 1 ? { ...name, words: `${name.words} (${count})` } : name;
  });
}

/** How many wait; script looks again whenever somebody reports something, or a moderator has looked. */
function reports(flagged: number, t: T): Html {
  return html`<div role="status" data-subject="reports" data-follows="flagged flags-settled">
    ${flagged > 0 ? flaggedLink(flagged, t) : html`<p class="hint">${t('moderation:noFlags')}</p>`}
  </div>`;
}

function flaggedLink(count: number, t: T): Html {
  const words = t('moderation:flaggedTexts', { count, number: formatNumber(count, t.language) });
  return html`<p class="desk-flagged">
    <a href="/${t.language}/moderation?flagged=1">${icon('flag')}${words}</a>
  </p>`;
}

function improvementsLink(count: number, t: T): Html {
  const words = t('moderation:improvementsWait', { count, number: formatNumber(count, t.language) });
  return html`<p class="desk-flagged"><a href="/${t.language}/moderation/translations">${words}</a></p>`;
}

/** The address of the desk with something changed; values not asked for stay out of it. */
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
      ...languageOptions(languages, t),
      { value: UNDETERMINED, words: t('site:unknownLanguage') },
    ]),
    select(
      'state',
      t('moderation:state'),
      STATES.map((name) => ({ value: name, words: t(`moderation:state.${name}`) })),
    ),
  ];
  const isOn = asked.flagged ? html` checked` : '';
  return html`<search>
    <form class="filters" method="get" action="/${t.language}/moderation">
      <div class="filters-row">
        ${fields}
        <div class="choice">
          <input type="checkbox" id="flagged" name="flagged" value="1"${isOn}>
          <label for="flagged">${t('moderation:flaggedOnly')}</label>
        </div>
        <button type="submit" class="button button--quiet">${t('contributions:apply')}</button>
      </div>
    </form>
  </search>`;
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
  const words = pluralForms('pill', 'moderation:newTexts', t);
  return html`<div class="live-slot" role="status" data-kind="${names}" data-pill-href="${href(asked, {}, t)}"${words}></div>`;
}

function empty(asked: Asked, t: T): Html {
  if (!isFiltered(asked)) return html`<p class="empty">${t('moderation:empty')}</p>`;
  return html`<div class="empty">
    <p>${t('moderation:emptyFiltered')}</p>
    <p><a href="/${t.language}/moderation">${t('moderation:allTexts')}</a></p>
  </div>`;
}

function pages({ asked, older }: DeskPage, t: T): Html {
  const link = (before: string | null, words: string) =>
    html`<a class="button button--quiet" href="${href(asked, { before }, t)}">${words}</a>`;
  if (!asked.before && !older) return html``;
  return html`<p class="section actions">
    ${asked.before ? link(null, t('moderation:newest')) : ''}
    ${older ? link(older, t('moderation:older')) : ''}
  </p>`;
}
