import { BODY_CHARACTERS as IDEA_CHARACTERS, TITLE_CHARACTERS as IDEA_TITLE_CHARACTERS } from '../ideas/ideas.ts';
import type { ShownIdea } from '../ideas/ideas.reads.ts';
import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { errorSummary, field, signedOutNotice, type FormState } from '../../services/site/forms.views.ts';
import { asideOf } from '../../services/contributions/contributions.views.ts';
import { icon } from '../../services/site/icon.ts';
import { autonymOf, langAttributes } from '../../services/site/languages.ts';
import { chosenWords, languageField, showAuthor, showName, type Title } from '../../services/texts/texts.views.ts';
import { BODY_CHARACTERS, NEW_IDEAS, TITLE_CHARACTERS } from './reports.ts';

const ASIDE = [
  { title: 'reports:about', body: 'reports:aboutBody' },
  { title: 'contributions:formatting', body: 'contributions:formattingBody' },
] as const;

interface ReportForm {
  event: Title & { id: string };
  /** False for the first version. */
  edits: boolean;
  languages: readonly string[];
  form: FormState;
  chosen: readonly ShownIdea[];
  /** What a search has found; null when none was asked for. */
  found: readonly ShownIdea[] | null;
  /** The session ended while the person wrote: they sign in beside, and publish again. */
  signedOut: boolean;
}

/** Write the report of an event, or change it. Everything typed and ticked stands in it again after a search or an error. */
export function reportForm(page: ReportForm, t: T): Html {
  const { event, edits, form, signedOut } = page;
  const back = `/${t.language}/events/${event.id}`;
  return html`<div class="folio">
    <div>
      <a class="back" href="${back}">${icon('back', { turn: true })}${t('site:back')}</a>
      ${errorSummary(form, t)}${signedOut ? signedOutNotice(t) : ''}
      <h1>${edits ? t('reports:editTitle') : t('reports:newTitle')}</h1>
      <p class="lead intro"><bdi ${langAttributes(event.language)}>${showName(event, t)}</bdi></p>
      <form class="section" method="post" action="${back}/report" novalidate>
        ${textFields(page, t)}${ideasField(page, t)}${newIdeas(form, t)}
        <input type="hidden" name="version" value="${form.values['version'] ?? '0'}">
        <p class="section actions">
          <button type="submit" class="button">${edits ? t('reports:save') : t('reports:publish')}</button>
          <a class="button button--link" href="${back}">${t('site:cancel')}</a>
        </p>
      </form>
    </div>
    ${asideOf(ASIDE, t)}
  </div>`;
}

function textFields({ form, languages }: ReportForm, t: T): Html {
  const came = {
    name: 'attendees',
    label: t('reports:attendees'),
    hint: t('reports:attendeesHint'),
    type: 'number',
  } as const;
  const titleHint = t('reports:nameHint', { max: TITLE_CHARACTERS });
  const title = { name: 'title', label: t('reports:name'), hint: titleHint, max: TITLE_CHARACTERS };
  const bodyHint = t('reports:bodyHint', { max: BODY_CHARACTERS });
  const body = { name: 'body', label: t('reports:body'), hint: bodyHint, rows: 10, max: BODY_CHARACTERS };
  return html`${field(came, form, t)}${field(title, form, t)}${field(body, form, t)}${languageField(languages, form, t)}`;
}

/** The chosen ideas, and a search for more: a button of the same form, so that nothing is lost. */
function ideasField({ event, form, chosen, found }: ReportForm, t: T): Html {
  const error = form.errors.find((each) => each.field === 'ideas');
  const message = error && html`<p class="error-text">${icon('warn')}${t(error.key, error.params)}</p>`;
  const none = html`<p class="hint">${t('reports:noIdeas')}</p>`;
  const search = `/${t.language}/events/${event.id}/report#search`;
  return html`<fieldset class="field pick${error ? ' field--error' : ''}" id="ideas">
    <legend>${t('reports:ideas')}</legend>
    ${message} ${chosen.length > 0 ? boxes(chosen, { ticked: true }, t) : none}
    <div class="pick-search">
      ${field({ name: 'search', label: t('reports:search'), hint: t('reports:searchHint') }, form, t)}
      <button type="submit" class="button button--quiet" name="action" value="search" formaction="${search}">
        ${t('reports:searchButton')}
      </button>
    </div>
    ${found ? html`<div role="status">${foundList(found, chosen, t)}</div>` : ''}
  </fieldset>`;
}

function foundList(found: readonly ShownIdea[], chosen: readonly ShownIdea[], t: T): Html {
  if (found.length === 0) return html`<p class="hint">${t('reports:foundNone')}</p>`;
  const others = found.filter(({ id }) => !chosen.some((idea) => idea.id === id));
  if (others.length === 0) return html`<p class="hint">${t('reports:foundChosen')}</p>`;
  return html`<p><strong>${t('reports:found')}</strong></p>${boxes(others, { ticked: false }, t)}`;
}

function boxes(ideas: readonly ShownIdea[], { ticked }: { ticked: boolean }, t: T): Html {
  return html`<ul class="plain">
    ${ideas.map((idea) => box(idea, ticked, t))}
  </ul>`;
}

function box({ id, text, author }: ShownIdea, ticked: boolean, t: T): Html {
  const words = chosenWords(text, 'translation');
  const checked = ticked ? html` checked` : '';
  return html`<li class="choice">
    <input type="checkbox" id="idea-${id}" name="ideas" value="${id}"${checked} aria-describedby="by-${id}">
    <div>
      <label for="idea-${id}" ${langAttributes(words.language)}>${showName(words, t)}</label>
      <ul class="meta" id="by-${id}">
        <li>${showAuthor(author, t)}</li>
        <li><span class="lang">${autonymOf(text.language, t)}</span></li>
      </ul>
    </div>
  </li>`;
}

/** What was said there for the first time, written down as ideas that others can support. */
function newIdeas(form: FormState, t: T): Html {
  const names = Array.from({ length: NEW_IDEAS }, (_, index) => `newIdeas-${index}`);
  const isOpen = names.some((name) => form.values[`${name}-title`] || form.values[`${name}-body`]);
  return html`<details class="fold new-ideas"${isOpen ? html` open` : ''}>
    <summary>${t('reports:newIdeas')}${icon('down')}</summary>
    <p class="hint">${t('reports:newIdeasHint', { max: NEW_IDEAS })}</p>
    ${names.map((name, index) => newIdea(name, index + 1, form, t))}
  </details>`;
}

function newIdea(name: string, number: number, form: FormState, t: T): Html {
  const title = { name: `${name}-title`, label: t('ideas:title'), max: IDEA_TITLE_CHARACTERS };
  const body = { name: `${name}-body`, label: t('ideas:body'), rows: 4, max: IDEA_CHARACTERS };
  return html`<fieldset class="field">
    <legend>${t('reports:newIdea', { number })}</legend>
    ${field(title, form, t)}${field(body, form, t)}
  </fieldset>`;
}
