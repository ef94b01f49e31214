import { html, type Html } from '../../platform/html.ts';
import { formatDate, formatNumber, sentence, type T } from '../../platform/i18n.ts';
import { icon, type Icon } from '../../services/site/icon.ts';
import type { Health } from './administration.reads.ts';

/** Everything that is told of a failure: the kinds of the engines' errors, and that an operator paused one. */
const KINDS = [
  'auth',
  'quota',
  'rate_limited',
  'timeout',
  'unavailable',
  'bad_output',
  'too_long',
  'bad_request',
  'unsupported_pair',
  'paused',
] as const;
type Kind = (typeof KINDS)[number];

/** A kind this version does not know is as good as an engine that is away. */
const kindOf = (name: string): Kind => KINDS.find((kind) => kind === name) ?? 'unavailable';

export const kindWords = (kind: string, t: T): string => t(`admin:kind.${kindOf(kind)}`);

/** What an operator does about it. */
export const remedyOf = (kind: string, t: T): string => t(`admin:remedy.${kindOf(kind)}`);

const PICTURES: Record<Health['is'], Icon> = {
  unused: 'info',
  well: 'check',
  failing: 'warn',
  away: 'warn',
  paused: 'minus',
};
const TONES: Record<Health['is'], string> = {
  unused: 'health--quiet',
  well: 'health--well',
  failing: 'health--warning',
  away: 'health--danger',
  paused: 'health--quiet',
};

/** How an engine is, with since when and, where it is not well, what to do. */
export function healthView(health: Health, t: T, timeZone: string): Html {
  const remedy = 'reason' in health ? html`<p>${remedyOf(health.reason, t)}</p>` : '';
  // The engine's own words are in no language we know.
  const message =
    'message' in health && health.message
      ? html`<p class="hint">${t('admin:saidEngine')} <bdi lang="">${health.message}</bdi></p>`
      : '';
  return html`<div class="health ${TONES[health.is]}">${icon(PICTURES[health.is])}<div>
    <p>${healthWords(health, t, timeZone)}</p>
    ${remedy}${message}
  </div></div>`;
}

function healthWords(health: Health, t: T, timeZone: string): Html {
  const moment = (at: Date) => formatDate(at, t.language, timeZone, { time: true });
  switch (health.is) {
    case 'unused':
      return html`${t('admin:health.unused')}`;
    case 'well':
      return html`${t('admin:health.well', { date: moment(health.at) })}`;
    case 'paused':
      return health.by
        ? sentence(t, 'admin:health.pausedBy', { name: html`<bdi>${health.by}</bdi>` }, { date: moment(health.at) })
        : html`${t('admin:health.paused', { date: moment(health.at) })}`;
    case 'away':
      return html`${t('admin:health.away', { date: moment(health.until), kind: kindWords(health.reason, t) })}`;
    case 'failing': {
      const { times, at } = health;
      const params = { count: times, number: formatNumber(times, t.language), kind: kindWords(health.reason, t) };
      return html`${t('admin:health.failing', { ...params, date: moment(at) })}`;
    }
  }
}
