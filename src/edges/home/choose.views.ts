import { autonym, direction } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import type { Words } from '../../platform/i18n.ts';
import { byAutonym } from '../../services/site/languages.ts';

/** The front door: every interface language by its own name, the browser's first. */
export function chooseLanguagePage(words: Words, suggested: string): Html {
  const t = words.in(suggested);
  const others = byAutonym(words.languages).filter((code) => code !== suggested);
  return html`<div class="promise">
      <div>
        <h1>${t('site:choose.title')}</h1>
      </div>
    </div>
    <ul class="choose">
      <li class="is-suggested">${link(suggested)}</li>
      ${others.map((code) => html`<li>${link(code)}</li>`)}
    </ul>
    <p class="hint section">${t('site:choose.hint')}</p>`;
}

const link = (code: string): Html =>
  html`<a href="/${code}" lang="${code}" hreflang="${code}" dir="${direction(code)}">${autonym(code)}</a>`;
