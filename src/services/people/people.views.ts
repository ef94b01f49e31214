import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { errorSummary, field, type FormState } from '../site/forms.views.ts';
import { icon } from '../site/icon.ts';
import { readLanguages, textsLanguage, type Reading } from './reading.views.ts';
import type { Author, Named, Office } from './author.ts';

/** The first time: a name others see, a handle that stays, and the languages they read. */
export function welcomePage(form: FormState, reading: Reading & { free: string | null }, t: T): Html {
  const { free } = reading;
  const more = free ? t('people:handleFree', { handle: free }) : t('people:handleSuggestion');
  const hint = `${t('people:handleHint')} ${more}`;
  const handle = { name: 'handle', label: t('people:handle'), hint, autocomplete: 'username' };
  return html`<div class="folio">
    <div>
      ${errorSummary(form, t)}
      <header class="stack">
        <h1>${t('people:welcome')}</h1>
        <p class="lead">${t('people:welcomeLead')}</p>
      </header>
      <form class="section" method="post" action="/${t.language}/welcome" novalidate>
        ${nameField(form, t)}
        ${field(handle, form, t)}
        ${textsLanguage(reading.languages, form, t)}
        ${readLanguages(reading, t('people:alsoReads'), t)}
        <p class="section actions">
          <button type="submit" class="button">${t('people:join')}</button>
        </p>
      </form>
    </div>
  </div>`;
}

/** The name others see: asked for at the beginning, and changed among the settings. */
export const nameField = (form: FormState, t: T): Html =>
  field({ name: 'name', label: t('people:name'), hint: t('people:nameHint'), autocomplete: 'name' }, form, t);

/** Name, handle, and what they wrote: nothing else is kept about a person. */
/** Of whom is at home on another server, its host. */
const serverOf = (handle: string): string | undefined => handle.split('@')[1];

/** `home` is where somebody of another server is known. */
export function profilePage(
  { name, handle, office, home }: Author & { home: string | null },
  written: Html,
  t: T,
): Html {
  const leave = home && `/${t.language}/leave?to=${encodeURIComponent(home)}`;
  const words = t('people:home', { server: serverOf(handle) ?? '' });
  return html`<div class="folio">
    <div>
      <header class="stack">
        <h1><bdi>${name}</bdi></h1>
        <p class="hint">${atHandle(handle)}${officeMark(office, t)}</p>
        ${leave ? html`<p><a href="${leave}" rel="nofollow ugc noopener noreferrer">${words}</a></p>` : ''}
      </header>
      ${written}
    </div>
  </div>`;
}

/** Somebody by name, as a link to what else they wrote, with their office. */
export function linkTo({ handle, name, office }: Named, t: T): Html {
  const server = serverOf(handle);
  const elsewhere = server ? html` <span class="hint" dir="ltr">@${server}</span>` : '';
  return html`<a href="/${t.language}/people/${handle}"><bdi>${name}</bdi></a>${elsewhere}${officeMark(office, t)}`;
}

/** For whom somebody speaks: a picture and a frame that no letters of a name can make. */
export function officeMark(office: Office | null, t: T): Html {
  if (!office) return html``;
  return html` <span class="office" data-office="${office}">${icon('office')}${t(`people:role.${office}`)}</span>`;
}

/** The sign stands before the letters in every script, also on pages from right to left. */
export const atHandle = (handle: string | null): Html => html`<span dir="ltr">@${handle}</span>`;
