import { languageName } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, sentence, type T } from '../../platform/i18n.ts';
import { errorSummary, field, signedOutNotice, type FormState } from '../site/forms.views.ts';
import { icon } from '../site/icon.ts';
import { autonymOf, langAttributes, nameOf } from '../site/languages.ts';
import { renderMarkdown } from '../texts/markdown.ts';
import { createComparing } from '../texts/diff.ts';
import { showChanges } from '../texts/texts.views.ts';
import type { Made, Original, Translatable } from './improving.reads.ts';

/** Marks that are seen only in the source of a text, and that its translation should have too. */
const MARKS = /[*_`#>[\]|]|^\s*[-+] |^\s*\d+[.)] /m;
const ROWS = 14;

export interface ImprovePage {
  found: Translatable;
  /** Where the text is read. */
  back: string;
  /** The original as the translator knew it, when it has changed since. */
  before: Original | null;
  /** What somebody else saved while this person wrote. */
  meanwhile: Made | null;
  signedOut: boolean;
}

/** The original on one side, its translation to write on the other; one under the other on a phone. */
export function improvePage({ found, back, before, meanwhile, signedOut }: ImprovePage, form: FormState, t: T): Html {
  const { original, language, human, machine } = found;
  const own = `/${t.language}/texts/${original.id}`;
  const into = { language: autonymOf(language, t) };
  const title =
    human || machine
      ? sentence(t, 'translations:improveTitle', into)
      : sentence(t, 'translations:translateTitle', into);
  const revisions = html`<a class="button button--link" href="${own}/translations/${language}">${t('texts:revisions')}</a>`;
  return html`${errorSummary(form, t)}
    ${signedOut ? signedOutNotice(t) : ''}
    <header class="stack">
      <h1>${title}</h1>
      <p class="lead">${t('translations:lead')}</p>
    </header>
    ${meanwhile ? saved(meanwhile, language, t) : ''}
    ${before ? changed(before, original, t) : ''}
    <form class="section" method="post" action="${own}/improve/${language}" novalidate>
      <div class="parallel parallel--editor">
        <section aria-labelledby="original">${showOriginal(original, t)}</section>
        <section aria-labelledby="editor">
          <h2 id="editor">${sentence(t, 'texts:translationInto', into)}</h2>
          ${fields(found, form, t)}
        </section>
      </div>
      <input type="hidden" name="base" value="${form.values['base'] ?? ''}">
      <p class="section actions">
        <button type="submit" class="button">${t('translations:save')}</button>
        ${found.revision > 0 ? revisions : ''}
        <a class="button button--link" href="${back}">${t('site:cancel')}</a>
      </p>
    </form>`;
}

function showOriginal({ title, body, language }: Original, t: T): Html {
  const attributes = langAttributes(language);
  const source = html`<details class="fold">
    <summary>${t('translations:marks')}${icon('down')}</summary>
    <p class="source" ${attributes}>${body}</p>
  </details>`;
  return html`<h2 id="original">${sentence(t, 'texts:originalIn', { language: nameOf(language, t) })}</h2>
    ${title === null ? '' : html`<p class="parallel-title" ${attributes}>${title}</p>`}
    <div class="prose" ${attributes}>${renderMarkdown(body, { t, place: 'original' })}</div>
    ${MARKS.test(body) ? source : ''}`;
}

function fields({ original, language, limits }: Translatable, form: FormState, t: T): Html {
  const data = html` lang="${language}"`;
  const hint = (max: number) => t('translations:hint', { max: formatNumber(max, t.language) });
  const title =
    original.title === null
      ? ''
      : field(
          { name: 'title', label: t('translations:title'), hint: hint(limits.title), max: limits.title, data },
          form,
          t,
        );
  return html`${title}${field(
    { name: 'body', label: t('translations:body'), hint: hint(limits.body), rows: ROWS, max: limits.body, data },
    form,
    t,
  )}`;
}

/** Two saved at once: the second sees both, and brings them together. */
function saved({ title, body, author }: Made, language: string, t: T): Html {
  const heading = author
    ? sentence(t, 'translations:meanwhileBy', { person: html`<bdi>${author.name}</bdi>` })
    : t('translations:meanwhile');
  const attributes = langAttributes(language);
  return html`<section class="section notice notice--warning" aria-labelledby="meanwhile">
    ${icon('warn')}
    <div class="stack">
      <h2 class="notice-title" id="meanwhile">${heading}</h2>
      <p>${t('translations:meanwhileHint')}</p>
      ${title === null ? '' : html`<p class="parallel-title" ${attributes}>${title}</p>`}
      <div class="prose" ${attributes}>${renderMarkdown(body, { t, place: 'meanwhile' })}</div>
    </div>
  </section>`;
}

function changed(before: Original, now: Original, t: T): Html {
  const heading = t('translations:changed', { before: before.version, now: now.version });
  const compare = createComparing();
  const title =
    now.title === null
      ? ''
      : html`<p class="parallel-title">${showChanges(compare, before.title ?? '', now.title, t)}</p>`;
  return html`<section class="section notice" aria-labelledby="changed">
    ${icon('info')}
    <div class="stack">
      <h2 class="notice-title" id="changed">${heading}</h2>
      <p>${t('translations:changedHint')}</p>
      <div class="diff" ${langAttributes(now.language)}>
        ${title}
        <p>${showChanges(compare, before.body, now.body, t)}</p>
      </div>
    </div>
  </section>`;
}

/** The name of the page, for the window. */
export const improveTitle = ({ language, human, machine }: Translatable, t: T): string =>
  t(human || machine ? 'translations:improveTitle' : 'translations:translateTitle', {
    language: languageName(language, language),
  });
