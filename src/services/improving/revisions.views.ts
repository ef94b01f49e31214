import { html, type Html } from '../../platform/html.ts';
import { formatDate, sentence, type T } from '../../platform/i18n.ts';
import { icon } from '../site/icon.ts';
import { autonymOf, langAttributes } from '../site/languages.ts';
import { renderMarkdown } from '../texts/markdown.ts';
import { createComparing, type Compare } from '../texts/diff.ts';
import { showAuthor, showChanges } from '../texts/texts.views.ts';
import type { Made, Revision, Translatable } from './improving.reads.ts';

export interface RevisionsPage {
  /** What this reader reads texts in. */
  into: string;
  found: Translatable;
  revisions: readonly Revision[];
  /** Where the text is read. */
  back: string;
  mayRollBack: boolean;
  /** Moderators take words away for good. */
  mayErase: boolean;
  /** A word that was put right here may be one for the glossary. */
  keepsTerms: boolean;
  /** This person has just saved the last one. */
  saved: boolean;
  timeZone: string;
}

/** Revisions on one page: each is compared with the one before. */
export const REVISIONS = 10;

/** Who translated a text into one language, when, and what changed each time. */
export function revisionsPage(page: RevisionsPage, t: T): Html {
  const { found, revisions, back, saved } = page;
  const { original, language, human } = found;
  const own = `/${t.language}/texts/${original.id}`;
  const compare = createComparing();
  const shown = revisions.slice(0, REVISIONS);
  const older = html`<p class="section actions">
    <a class="button button--quiet" href="${own}/translations/${language}?before=${shown.at(-1)?.number ?? 1}">
      ${t('contributions:olderVersions')}
    </a>
  </p>`;
  const none = html`<p class="section empty">${t('translations:none')}</p>`;
  return html`<div class="folio">
    <div>
      <a class="back" href="${back}">${icon('back', { turn: true })}${t('moderation:backToText')}</a>
      ${saved ? savedNotice(t) : ''}
      <header class="stack">
        <h1>${sentence(t, 'texts:translationInto', { language: autonymOf(language, t) })}</h1>
        <p class="lead">${t('translations:revisionsLead')}</p>
        ${human?.outdated ? outdatedNotice(`${own}/improve/${language}`, t) : ''}
        ${acts(page, own, t)}
      </header>
      ${shown.length === 0 ? none : shown.map((revision) => section(revision, page, compare, t))}
      ${revisions.length > REVISIONS ? older : ''}
    </div>
  </div>`;
}

function savedNotice(t: T): Html {
  return html`<p class="notice notice--success" role="status">
    ${icon('check')}<span>${t('translations:saved')}</span>
  </p>`;
}

function outdatedNotice(improve: string, t: T): Html {
  const link = html`<a href="${improve}">${t('translations:bringUpToDate')}</a>`;
  return html`<p class="notice">${icon('info')}<span>${t('translations:isOutdated')} ${link}</span></p>`;
}

function acts({ found, into, mayRollBack, keepsTerms }: RevisionsPage, own: string, t: T): Html {
  const { original, language, human, machine, subject } = found;
  if (subject.closed) return html``;
  const translated = human ?? machine;
  const link = (href: string, words: string, attributes: Html | '' = '') =>
    html`<a class="button button--link" href="${href}"${attributes}>${words}</a>`;
  const report = link(`${own}/report?reason=wrong-translation`, t('texts:isWrong'), html` rel="nofollow"`);
  const remove = link(`${own}/translations/${language}/roll-back?to=0`, t('translations:toMachine'));
  const terms = `/${t.language}/glossary/new?from=${original.language}&to=${language}`;
  return html`<p class="actions">
    <a class="button button--quiet" href="${own}/improve/${language}">
      ${t(translated ? 'texts:improve' : 'texts:translateYourself')}
    </a>
    ${language === into && translated ? report : ''}
    ${mayRollBack && human ? remove : ''}
    ${keepsTerms ? link(terms, t('glossary:add')) : ''}
  </p>`;
}

function section(revision: Revision, page: RevisionsPage, compare: Compare, t: T): Html {
  const { found, revisions, mayRollBack, mayErase, timeZone } = page;
  const { number, act, author, writtenAt, version } = revision;
  const isInUse = number === found.revision;
  const moment = formatDate(writtenAt, t.language, timeZone, { time: true });
  const facts = [
    html`<time datetime="${writtenAt.toISOString()}">${moment}</time>`,
    showAuthor(author, t),
    html`${t(`translations:act.${act}`)}`,
    html`${t('translations:ofVersion', { number: version })}`,
  ];
  const own = `/${t.language}/texts/${found.original.id}/translations/${found.language}`;
  const hasWords = revision.body !== null;
  const mayRestore = mayRollBack && act === 'improved' && hasWords && !isInUse && !found.subject.closed;
  const restore = html`<a class="button button--quiet" href="${own}/roll-back?to=${number}">${t('translations:bringBack')}</a>`;
  const erase = html`<a class="button button--link" href="${own}/erase?to=${number}">${t('translations:erase')}</a>`;
  const isErased = !hasWords && act !== 'removed';
  const doors = [mayRestore ? [restore] : [], mayErase && hasWords ? [erase] : []].flat();
  return html`<section class="section">
    <div class="section-head">
      <h2>${t('translations:revision', { number })}</h2>
      <ul class="meta">
        ${facts.map((fact) => html`<li>${fact}</li>`)}
      </ul>
    </div>
    ${revision.body === null ? '' : changes(revision, wordsBefore(number, revisions, found), { compare, language: found.language }, t)}
    ${isErased ? html`<p class="hint">${t('translations:erased')}</p>` : ''}
    ${doors.length > 0 ? html`<p class="actions">${doors}</p>` : ''}
  </section>`;
}

interface Before {
  title: string | null;
  body: string;
  isMachine: boolean;
}

/** What this revision took the place of: the last words of people before it, else what the machine says today. */
function wordsBefore(number: number, revisions: readonly Revision[], { machine }: Translatable): Before | null {
  const earlier = revisions.find((each) => each.number < number && each.body !== null);
  if (earlier) return { title: earlier.title, body: earlier.body ?? '', isMachine: false };
  return machine && { ...machine, isMachine: true };
}

function changes(
  { title, body }: Revision,
  before: Before | null,
  { compare, language }: { compare: Compare; language: string },
  t: T,
): Html {
  const words = body ?? '';
  const heading = title === null ? '' : html`<h3>${showChanges(compare, before?.title ?? title, title, t)}</h3>`;
  const hint = before?.isMachine ? html`<p class="hint">${t('translations:againstMachine')}</p>` : '';
  return html`${hint}
    <div class="diff" ${langAttributes(language)}>
      ${heading}
      <p>${showChanges(compare, before?.body ?? words, words, t)}</p>
    </div>`;
}

/** Asks before other people's words are taken back. `made` is what readers will see; null while no machine has made it. */
export function rollBackPage(
  found: Translatable,
  { to, made, back }: { to: number; made: Made | null; back: string },
  t: T,
): Html {
  const own = `/${t.language}/texts/${found.original.id}/translations/${found.language}`;
  const isMachine = to === 0;
  const words = made ? quote(made, found.language, t) : html`<p>${t('translations:machineComes')}</p>`;
  return html`<div class="folio">
    <div>
      <header class="stack">
        <h1>${t(isMachine ? 'translations:toMachineTitle' : 'translations:bringBackTitle')}</h1>
        <p class="lead">${t('translations:rollBackHint')}</p>
      </header>
      <div class="section">${words}</div>
      <form class="section" method="post" action="${own}/roll-back">
        <input type="hidden" name="to" value="${to}">
        <input type="hidden" name="from" value="${back}">
        <input type="hidden" name="base" value="${found.revision}">
        <p class="actions">
          <button type="submit" class="button">
            ${t(isMachine ? 'translations:toMachine' : 'translations:bringBack')}
          </button>
          <a class="button button--link" href="${back}">${t('site:cancel')}</a>
        </p>
      </form>
    </div>
  </div>`;
}

/** Asks before the words of a revision are gone for good. */
export function erasePage(
  found: Translatable,
  { to, words, back }: { to: number; words: Pick<Made, 'title' | 'body'>; back: string },
  t: T,
): Html {
  const own = `/${t.language}/texts/${found.original.id}/translations/${found.language}`;
  return html`<div class="folio">
    <div>
      <header class="stack">
        <h1>${t('translations:eraseTitle')}</h1>
        <p class="lead">${t('translations:eraseHint')}</p>
      </header>
      <div class="section">${quote(words, found.language, t)}</div>
      <form class="section" method="post" action="${own}/erase">
        <input type="hidden" name="to" value="${to}">
        <input type="hidden" name="from" value="${back}">
        <p class="actions">
          <button type="submit" class="button">${t('translations:erase')}</button>
          <a class="button button--link" href="${back}">${t('site:cancel')}</a>
        </p>
      </form>
    </div>
  </div>`;
}

function quote({ title, body }: Pick<Made, 'title' | 'body'>, language: string, t: T): Html {
  const attributes = langAttributes(language);
  return html`<blockquote class="quote">
    ${title === null ? '' : html`<p ${attributes}><b>${title}</b></p>`}
    <div class="prose" ${attributes}>${renderMarkdown(body, { t, place: 'quote' })}</div>
  </blockquote>`;
}
