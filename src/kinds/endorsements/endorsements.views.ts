import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import type { Person } from '../../platform/person.ts';
import { linkTo } from '../../services/people/people.views.ts';
import { icon } from '../../services/site/icon.ts';
import type { Support } from './endorsements.ts';

interface Where {
  t: T;
  id: string;
  person: Person | null;
  closed: boolean;
  /** The page it stands on, to come back to after signing in. */
  path: string;
}

/** How many support it, the button, and those who agreed to be named. */
export function supportPanel({ mine, count, elsewhere, names }: Support, { t, id, person, closed, path }: Where): Html {
  const number = html`<span class="count">${formatNumber(count, t.language)}</span>`;
  const isUnnamed = mine && !person?.showsSupport;
  const unnamed = isUnnamed ? html`<br><span class="hint">${t('endorsements:unnamed')}</span>` : '';
  const others =
    elsewhere > 0 ? html` <span class="hint">${t('endorsements:elsewhere', { number: elsewhere })}</span>` : '';
  return html`<section class="section support" id="support" data-subject="${id}" aria-label="${t('endorsements:title')}">
    ${closed ? '' : button({ mine, t, id, person, path })}
    <p>${number} ${t('endorsements:supporters', { count })}${others}${unnamed}</p>
    ${names.length > 0 ? named(names, t) : ''}
  </section>`;
}

function named(names: Support['names'], t: T): Html {
  return html`<details class="fold">
    <summary>${t('endorsements:names')}${icon('down')}</summary>
    <ul class="meta">
      ${names.map((each) => html`<li>${linkTo(each, t)}</li>`)}
    </ul>
  </details>`;
}

function button({ mine, t, id, person, path }: Omit<Where, 'closed'> & { mine: boolean }): Html {
  if (!person) {
    const signIn = `/${t.language}/sign-in?to=${encodeURIComponent(path)}`;
    return html`<a class="button" href="${signIn}">${icon('up')}${t('endorsements:signInToSupport')}</a>`;
  }
  const words = html`${icon(mine ? 'check' : 'up')}${mine ? t('endorsements:supported') : t('endorsements:support')}`;
  return html`<form method="post" action="/${t.language}/subjects/${id}/endorsement">
    <input type="hidden" name="supports" value="${mine ? '0' : '1'}">
    <button type="submit" class="button" aria-pressed="${mine ? 'true' : 'false'}">${words}</button>
  </form>`;
}
