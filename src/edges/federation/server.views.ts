import { html, type Html } from '../../platform/html.ts';
import { formatDate, formatNumber, sentence, type T } from '../../platform/i18n.ts';
import { icon, type Icon } from '../../services/site/icon.ts';
import type { Server } from './admin.reads.ts';
import { failureKind } from './failures.ts';
import { machineName } from './names.views.ts';

/** One of the others: how it is, when it was heard of last, and what can be done about it. */
export function serverView(server: Server, timeZone: string, t: T): Html {
  const { host, lastInAt, lastOutAt, followers, waiting } = server;
  const moment = (at: Date | null) =>
    at ? formatDate(at, t.language, timeZone, { time: true }) : t('federation:adminNever');
  const fact = (label: string, value: string) => html`<div><dt>${label}</dt><dd>${value}</dd></div> `;
  return html`<h3>${machineName(host)}</h3>
    ${stateView(server, moment, t)}
    <dl class="server-facts">
      ${fact(t('federation:adminLastIn'), moment(lastInAt))}
      ${fact(t('federation:adminLastOut'), moment(lastOutAt))}
      ${fact(t('federation:adminFollowers'), formatNumber(followers, t.language))}
      ${fact(t('federation:adminWaiting'), formatNumber(waiting, t.language))}
    </dl>
    ${controls(server, t)}`;
}

type Moment = (at: Date | null) => string;
type State = 'blocked' | 'blockedWith' | 'away' | 'well' | 'fresh';

const LOOKS: Readonly<Record<State, { picture: Icon; tone: string }>> = {
  blocked: { picture: 'minus', tone: 'health--quiet' },
  blockedWith: { picture: 'minus', tone: 'health--quiet' },
  away: { picture: 'warn', tone: 'health--warning' },
  well: { picture: 'check', tone: 'health--well' },
  fresh: { picture: 'info', tone: 'health--quiet' },
};

function stateOf({ state, blockedWith, failures, lastInAt, lastOutAt }: Server): State {
  if (state === 'blocked') return 'blocked';
  if (blockedWith) return 'blockedWith';
  if (failures > 0) return 'away';
  return lastInAt || lastOutAt ? 'well' : 'fresh';
}

function stateView(server: Server, moment: Moment, t: T): Html {
  const state = stateOf(server);
  const { picture, tone } = LOOKS[state];
  return html`<div class="health ${tone}">${icon(picture)}<div>
    <p>${stateWords(server, state, t)}</p>
    ${failureView(server, moment, t)}
  </div></div>`;
}

function stateWords({ blockedWith, failures }: Server, state: State, t: T): Html {
  if (state === 'blockedWith' && blockedWith)
    return sentence(t, 'federation:adminState.blockedWith', { host: machineName(blockedWith) });
  return html`${state === 'away' ? t('federation:adminAway', { count: failures }) : t(`federation:adminState.${state}`)}`;
}

/** What went wrong last in plain words, when it is tried again, and below what a person who mends it wants to read. */
function failureView({ failures, lastFailure, nextTryAt }: Server, moment: Moment, t: T): Html {
  if (lastFailure === null) return html``;
  const next = nextTryAt ? t('federation:adminNextTry', { date: moment(nextTryAt) }) : t('federation:adminTriesNow');
  return html`<p>${t(`federation:adminFailure.${failureKind(lastFailure)}`)} ${failures > 0 ? next : ''}</p>
    <p class="hint">${t('federation:adminDetails')} <bdi lang="">${lastFailure}</bdi></p>`;
}

/** A server that is blocked with another is let in again there. */
function controls(server: Server, t: T): Html {
  const { host } = server;
  const state = stateOf(server);
  const path = `/${t.language}/admin/federation`;
  const about = html` <span class="hidden">${machineName(host)}</span>`;
  const act = (name: 'retry' | 'unblock', words: string) =>
    html`<form method="post" action="${path}/${name}">
      <input type="hidden" name="host" value="${host}">
      <button type="submit" class="button button--quiet">${words}${about}</button>
    </form> `;
  if (state === 'blockedWith') return html``;
  if (state === 'blocked') return html`<div class="actions">${act('unblock', t('federation:adminUnblock'))}</div>`;
  const block = `${path}/block?host=${encodeURIComponent(host)}`;
  return html`<div class="actions">
    ${state === 'away' ? act('retry', t('federation:adminTryNow')) : ''}
    <a class="button button--danger" href="${block}">${t('federation:adminBlock')}${about}</a>
  </div>`;
}
