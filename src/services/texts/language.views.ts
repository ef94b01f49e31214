import { languageName, sharesLabelWith, UNDETERMINED } from '#translation/languages.ts';
import { formatList } from '../../platform/formats.ts';
import { html, type Html } from '../../platform/html.ts';
import { sentence, type T } from '../../platform/i18n.ts';
import { errorText, type FormState } from '../site/forms.views.ts';
import { icon } from '../site/icon.ts';
import { autonymOf, langAttributes, nameOf, namesOf } from '../site/languages.ts';
import { NO_DOUBT, type Doubt } from './doubt.ts';
import { named, type Showing } from './showing.views.ts';
import type { ShownText } from './texts.reads.ts';

/**
 * In which language something is written. `public/js/detect.js` recognises it while somebody writes, and asks only when that fails: the
 * question has its place from the start, so that nothing moves. Writers who want to say it open the list.
 */
export function languageField(languages: readonly string[], { values, errors }: FormState, t: T): Html {
  const error = errors.find((each) => each.field === 'language');
  const said = values['language'] ?? '';
  const isKnown = said === UNDETERMINED || languages.includes(said);
  const chosen = isKnown ? sayable(said, t) : html`${t('texts:byItself')}`;
  const summary = sentence(t, 'texts:languageChoose', { language: html`<span data-chosen>${chosen}</span>` });
  const select = html`<select class="input" id="language" name="language"${error ? html` ${FAULTY}` : ''}>
    <option value="">${t('texts:byItself')}</option>
    ${options(languages, said, t)}
  </select>`;
  return html`<div class="field language-field${error ? ' field--error' : ''}" ${detecting(t)}>
    <div class="language-guess hint" role="status" data-guess>${t('texts:recognises')}</div>
    <details class="fold"${error ? html` open` : ''}>
      <summary>${summary}${icon('down')}</summary>
      <label for="language">${t('texts:writtenIn')}</label>${error ? errorText(error, t) : ''}${select}
    </details>
  </div>`;
}

const FAULTY = html`aria-describedby="language-error" aria-invalid="true"`;

/** What the script of the field says. */
const detecting = (t: T): Html => html`data-detect
    data-likely="${t('texts:detected')}"
    data-question="${t('texts:whichLanguage')}"
    data-itself="${t('texts:byItself')}"`;

/** What a form for a text begins with: the language somebody has said it is in, else none. */
export const saidLanguage = ({ language, decidedBy }: Pick<ShownText, 'language' | 'decidedBy'>): string =>
  decidedBy === 'author' || decidedBy === 'moderator' ? language : '';

/** For those who may say in which language a text is: a question when nobody knows, else a line that unfolds. */
export function languageQuestion(
  text: ShownText,
  { t, about }: Pick<Showing, 't' | 'about'>,
  languages: readonly string[],
  doubt: Doubt = NO_DOUBT,
): Html {
  if (doubt.certainty === 'unsure') return question(text, t, languages, doubt);
  const key = doubt.certainty === 'likely' ? 'texts:detected' : 'texts:languageIs';
  const summary = sentence(t, key, { language: nameOf(text.language, t) });
  return html`<details class="fold">
    <summary>${named(summary, about, t)}${icon('down')}</summary>
    ${oneLabel(text.language, t, languages)} ${languageForm(text, { t, about }, languages)}
  </details>`;
}

/** The likely ones are one press away. */
function question(text: ShownText, t: T, languages: readonly string[], { guesses }: Doubt): Html {
  const action = `/${t.language}/texts/${text.id}/language`;
  const buttons = guesses.map(
    (code) =>
      html`<button type="submit" class="button button--quiet" name="language" value="${code}">${autonymOf(code, t)}</button>`,
  );
  const likely = html`<form class="actions" method="post" action="${action}">${buttons}</form>`;
  return html`<section class="notice language-asked" aria-labelledby="asked-${text.id}">
    ${icon('info')}
    <div>
      <p id="asked-${text.id}">${t('texts:whichLanguage')}</p>
      ${buttons.length > 0 ? likely : ''} ${oneLabel(text.language, t, languages)}
      <details class="fold">
        <summary>${t('texts:chooseLanguage')}${icon('down')}</summary>
        ${languageForm(text, { t }, languages)}
      </details>
    </div>
  </section>`;
}

/** Says so where one label stands for several languages. */
function oneLabel(language: string, t: T, languages: readonly string[]): Html | '' {
  const others = sharesLabelWith(language, languages);
  if (others.length === 0) return '';
  const names = [language, ...others].map((code) => languageName(code, t.language));
  return html`<p class="hint">${t('texts:oneLabel', { languages: formatList(names, t.language) })}</p>`;
}

function languageForm(text: ShownText, { t, about }: Pick<Showing, 't' | 'about'>, languages: readonly string[]): Html {
  return html`<form class="language-question" method="post" action="/${t.language}/texts/${text.id}/language">
    <div class="field">
      <label for="language-${text.id}">${named(t('texts:languageOfText'), about, t)}</label>
      <select class="input" id="language-${text.id}" name="language">
        ${options(languages, text.language, t)}
      </select>
    </div>
    <button type="submit" class="button button--quiet">${named(t('texts:saveLanguage'), about, t)}</button>
  </form>`;
}

/** Each by its own name, which its speakers look for, and by the reader's. */
function options(languages: readonly string[], said: string, t: T): Html {
  const option = (code: string, words: string, attributes: Html | string = '') =>
    html`<option value="${code}"${attributes}${code === said ? html` selected` : ''}>${words}</option>`;
  return html`${languages.map((code) => option(code, namesOf(code, t), html` ${langAttributes(code)}`))}
    ${option(UNDETERMINED, t('texts:otherLanguage'))}`;
}

const sayable = (code: string, t: T): Html =>
  code === UNDETERMINED ? html`${t('texts:otherLanguage')}` : autonymOf(code, t);
