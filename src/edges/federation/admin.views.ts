import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { emptyForm } from '../../services/site/forms.views.ts';
import { icon } from '../../services/site/icon.ts';
import { pagination } from '../../services/site/lists.views.ts';
import { serverUri } from './addresses.ts';
import type { Server } from './admin.reads.ts';
import { blockForm } from './blocking.views.ts';
import { machineName } from './names.views.ts';
import { serverView } from './server.views.ts';

/** What was just done, said on the page that shows it. */
export const DONE = ['blocked', 'unblocked', 'tried'] as const;
export type Done = (typeof DONE)[number];

interface Here {
  publicUrl: string;
  /** Slug of a theme, as an example. */
  space: string | null;
  /** Only servers on this computer are spoken to. */
  isLocal: boolean;
}

export interface ServersPage {
  here: Here;
  servers: readonly Server[];
  /** The first is 1. */
  page: number;
  last: number;
  /** How many activities were set aside. */
  aside: number;
  done: Done | null;
  timeZone: string;
}

/** How this server and others get on. */
export function serversPage({ here, servers, page, last, aside, done, timeZone }: ServersPage, t: T): Html {
  const path = `/${t.language}/admin/federation`;
  const list = html`<ul class="plain engines">
    ${servers.map((server) => html`<li class="engine">${serverView(server, timeZone, t)}</li> `)}
  </ul>`;
  const wait = html`<a href="${path}/set-aside">${t('federation:adminAsideCount', { count: aside })}</a>`;
  return html`${done ? doneNotice(t(`federation:adminDone.${done}`)) : ''}
    <header class="stack">
      <a class="back" href="/${t.language}/admin">${icon('back', { turn: true })}${t('admin:title')}</a>
      <h1>${t('federation:adminTitle')}</h1>
      <p class="lead">${t('federation:adminLead')}</p>
    </header>
    ${hereSection(here, t)}
    <section class="section stack" id="servers">
      <div class="section-head"><h2>${t('federation:adminServers')}</h2></div>
      <p class="hint">${t('federation:adminServersMeaning')}</p>
      ${servers.length > 0 ? list : html`<p class="empty">${t('federation:adminNoServers')}</p>`}
      ${pagination({ path, filters: [], page, view: null }, last, t)}
    </section>
    <section class="section stack" id="block">
      <div class="section-head"><h2>${t('federation:adminBlockOther')}</h2></div>
      ${blockForm(emptyForm, t)}
    </section>
    <section class="section stack" id="set-aside">
      <div class="section-head"><h2>${t('federation:adminAside')}</h2></div>
      <p class="hint">${t('federation:adminAsideMeaning')}</p>
      <p>${aside > 0 ? wait : t('federation:adminAsideNone')}</p>
    </section>`;
}

/** What people elsewhere type to find something here. */
function hereSection({ publicUrl, space, isLocal }: Here, t: T): Html {
  const { host } = new URL(publicUrl);
  const fact = (label: string, value: string) => html`<div><dt>${label}</dt><dd>${machineName(value)}</dd></div> `;
  const trial = html`<p class="notice notice--warning">${icon('warn')}<span>${t('federation:adminTrial')}</span></p>`;
  return html`<section class="section stack" id="here">
    <div class="section-head"><h2>${t('federation:adminHere')}</h2></div>
    ${isLocal ? trial : ''}
    <p class="hint">${t('federation:adminHereMeaning')}</p>
    <dl class="server-facts server-facts--own">
      ${space ? fact(t('federation:adminOfTheme'), `@${space}@${host}`) : ''}
      ${fact(t('federation:adminOfPeople'), `@…@${host}`)}
      ${fact(t('federation:adminItself'), serverUri(publicUrl))}
      ${fact(t('federation:adminNodeInfo'), `${publicUrl}/.well-known/nodeinfo`)}
    </dl>
  </section>`;
}

/** Says once that something was done. */
export const doneNotice = (words: string): Html =>
  html`<p class="notice notice--success" role="status">${icon('check')}<span>${words}</span></p>`;
