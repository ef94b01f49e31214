import { html, type Html } from '../../platform/html.ts';
import { sentence, type T } from '../../platform/i18n.ts';
import { langAttributes } from '../../services/site/languages.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { scroller } from '../../services/site/scroller.views.ts';

/** Spaces, and whether their texts may leave the operator's machines. */
export function spacesSection(spaces: readonly NamedSpace[], open: ReadonlySet<string>, t: T): Html {
  return html`<section class="section stack" id="spaces">
    <div class="section-head"><h2>${t('admin:spaces')}</h2></div>
    <p class="hint">${t('admin:spacesMeaning')}</p>
    ${scroller(
      t('admin:spaces'),
      html`<table>
        <caption class="hidden">${t('admin:spaces')}</caption>
        <thead>
          <tr>
            <th scope="col">${t('admin:space')}</th>
            <th scope="col">${t('admin:externalEngines')}</th>
            <th scope="col"><span class="hidden">${t('admin:change')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${spaces.map((space) => html`<tr>${spaceCells(space, open.has(space.id), t)}</tr> `)}
        </tbody>
      </table>`,
    )}
  </section>`;
}

function spaceCells({ slug, title, language }: NamedSpace, isOpen: boolean, t: T): Html {
  return html`<th scope="row" ${langAttributes(language)}>${title}</th>
    <td>${isOpen ? t('admin:externalAllowed') : t('admin:externalForbidden')}</td>
    <td>
      <a href="/${t.language}/admin/translation/spaces/${slug}">${t('admin:change')}<span class="hidden"> (<bdi>${title}</bdi>)</span></a>
    </td>`;
}

/** Asks before texts of a space may go outside, or may no longer. */
export function spacePage({ slug, title, language }: NamedSpace, isOpen: boolean, t: T): Html {
  const space = html`<span ${langAttributes(language)}>${title}</span>`;
  return html`<div class="folio"><div>
    <header class="stack">
      <h1>${t('admin:externalEngines')}</h1>
      <p class="lead">${isOpen ? sentence(t, 'admin:forbidQuestion', { space }) : sentence(t, 'admin:allowQuestion', { space })}</p>
      <p>${isOpen ? t('admin:forbidMeaning') : t('admin:allowMeaning')}</p>
    </header>
    <form class="section" method="post" action="/${t.language}/admin/translation/spaces/${slug}">
      <input type="hidden" name="external" value="${isOpen ? 'no' : 'yes'}">
      <p class="actions">
        <button type="submit" class="button">${isOpen ? t('admin:forbidExternal') : t('admin:allowExternal')}</button>
        <a class="button button--link" href="/${t.language}/admin/translation#spaces">${t('site:cancel')}</a>
      </p>
    </form>
  </div></div>`;
}
