import { autonym, direction, languageName } from '#translation/languages.ts';
import { fold } from '../../platform/fold.ts';
import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import type { Person } from '../../platform/person.ts';
import { withQuery } from './addresses.ts';
import { icon } from './icon.ts';
import { namesOf } from './languages.ts';
import { pluralForms } from './plurals.ts';

export interface Picking {
  t: T;
  /** In the order of their own names. */
  languages: readonly string[];
  /** Of what people write: those there are, in that order; the one that was chosen apart from the page's, and the one they come in. */
  texts: { all: readonly string[]; chosen: string | null; into: string };
  person: Person | null;
  /** Address of the page below its language, with its query: the picker stays on it. */
  path: string;
}

/** The same page in each language, and the language of texts. With script a field narrows the list: public/js/picker.js. */
export function picker(frame: Picking): Html {
  const { t, languages, path } = frame;
  return html`<details class="picker">
    <summary>
      ${icon('globe')}<span class="hidden">${t('site:nav.language')}: </span><span>${autonym(t.language)}</span>
    </summary>
    <nav class="panel" aria-label="${t('site:nav.language')}">
      <div class="find-language" hidden>
        <label class="hidden" for="find-language">${t('site:languages.find')}</label>
        <input class="input" type="search" id="find-language" placeholder="${t('site:languages.find')}"
          autocomplete="off" autocapitalize="none" spellcheck="false" aria-controls="languages">
        <p class="hint" role="status"${pluralForms('found', 'site:languages.found', t)}></p>
      </div>
      <ul class="languages" id="languages">
        ${languages.map((code) => html`<li>${inLanguage(code, path, t)}</li>`)}
      </ul>
      ${textsForm(frame)}
    </nav>
  </details>`;
}

/** The same page in another language. It is found by its own name, the name readers of this page know, and its code. */
function inLanguage(code: string, path: string, t: T): Html {
  const attributes = html`lang="${code}" hreflang="${code}" dir="${direction(code)}"`;
  const isCurrent = code === t.language ? html` aria-current="true"` : '';
  const found = fold(`${code} ${autonym(code)} ${languageName(code, t.language)}`);
  return html`<a href="/${code}${path}" ${attributes}${isCurrent} data-find="${found}">${autonym(code)}</a>`;
}

/** In which language texts come: visitors keep it in the address, people in their settings. */
function textsForm({ t, texts, person, path }: Picking): Html {
  const here = `/${t.language}${path}`;
  const kept = [...new URL(here, 'http://localhost').searchParams].filter(([name]) => name !== 'texts');
  const fields = person ? [['to', withQuery(here, { texts: null })]] : kept;
  const option = (code: string) =>
    html`<option value="${code}" lang="${code}"${code === texts.chosen ? html` selected` : ''}>${namesOf(code, t)}</option>`;
  const action = person ? `/${t.language}/me/texts` : (here.split('?')[0] ?? '');
  return html`<form class="texts-in" method="${person ? 'post' : 'get'}" action="${action}" data-texts>
    <label for="texts-in">${t('site:texts.label')}</label>
    <select class="input" id="texts-in" name="texts">
      <option value="">${t('site:texts.asPage')}</option>
      ${texts.all.map(option)}
    </select>
    ${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
    <button type="submit" class="button button--quiet">${t('site:texts.show')}</button>
  </form>`;
}
