import { html, type Html } from '../../platform/html.ts';
import { formatDate, type T } from '../../platform/i18n.ts';
import { errorKeyOf } from '../../platform/input.ts';
import { icon } from '../../services/site/icon.ts';
import { pagination } from '../../services/site/lists.views.ts';
import type { AsideActivity } from './admin.reads.ts';
import { doneNotice } from './admin.views.ts';
import { machineName } from './names.views.ts';

export interface AsidePage {
  items: readonly AsideActivity[];
  /** The first is 1. */
  page: number;
  last: number;
  isDone: boolean;
  timeZone: string;
}

/** What came from other servers and was understood by nobody here. */
export function asidePage({ items, page, last, isDone, timeZone }: AsidePage, t: T): Html {
  const path = `/${t.language}/admin/federation`;
  const list = html`<div class="desk">${items.map((item) => card(item, timeZone, t))}</div>`;
  return html`${isDone ? doneNotice(t('federation:adminDismissed')) : ''}
    <header class="stack">
      <a class="back" href="${path}">${icon('back', { turn: true })}${t('federation:adminTitle')}</a>
      <h1>${t('federation:adminAside')}</h1>
      <p class="lead">${t('federation:adminAsideMeaning')}</p>
    </header>
    <section class="section" aria-label="${t('federation:adminAside')}">
      ${items.length > 0 ? list : html`<p class="empty">${t('federation:adminAsideNone')}</p>`}
    </section>
    ${pagination({ path: `${path}/set-aside`, filters: [], page, view: null }, last, t)}`;
}

function card({ uri, type, actor, host, handle, reason, at, raw, isCut }: AsideActivity, timeZone: string, t: T): Html {
  const who = handle === null ? actor : `@${handle}@${host}`;
  const moment = formatDate(at, t.language, timeZone, { time: true });
  const about = html` <span class="hidden">${machineName(`${type}, ${who}`)}</span>`;
  return html`<article class="desk-item">
    <header>
      <h2 class="desk-title">${machineName(type)}</h2>
      <ul class="meta">
        <li>${machineName(who)}</li>
        <li><time datetime="${at.toISOString()}">${moment}</time></li>
        ${reasonView(reason, t)}
      </ul>
    </header>
    <details class="fold">
      <summary>${t('federation:adminRaw')}${icon('down')}${about}</summary>
      ${isCut ? html`<p class="hint">${t('federation:adminCut')}</p>` : ''}
      <pre class="server-raw" lang="" dir="ltr"><code>${raw}</code></pre>
    </details>
    <div class="desk-acts">
      <form method="post" action="/${t.language}/admin/federation/set-aside/dismiss">
        <input type="hidden" name="uri" value="${uri}">
        <button type="submit" class="button button--quiet">${icon('check')}${t('federation:adminDismiss')}${about}</button>
      </form>
    </div>
  </article>`;
}

/** What people here would have been told; or what we say of other servers alone, in English. */
function reasonView(reason: string, t: T): Html {
  const key = errorKeyOf(reason);
  return key ? html`<li>${t(key)}</li>` : html`<li><bdi lang="en" dir="ltr">${reason}</bdi></li>`;
}
