import { html, type Html } from '../platform/html.ts';
import { formatNumber, type T } from '../platform/i18n.ts';
import type { Figures, WeekFigures } from './statistics.reads.ts';

/** The headline: a number never stands without its definition. */
export function weekFigures(counted: WeekFigures, t: T): Html {
  const all = [
    ['participants', t('statistics:participants'), t('statistics:weekParticipantsMeaning')],
    ['ideas', t('statistics:ideas'), t('statistics:weekIdeasMeaning')],
    ['comments', t('statistics:comments'), t('statistics:weekCommentsMeaning')],
    ['endorsements', t('statistics:endorsements'), t('statistics:weekEndorsementsMeaning')],
    ['languages', t('statistics:weekLanguages'), t('statistics:weekLanguagesMeaning')],
  ] as const;
  return html`${all.map(([name, words, meaning]) => figure(counted, name, { words, meaning }, t))}`;
}

/** Value, name, change, total, meaning: in this order, always together. */
function figure(
  { figures: now, before, total }: WeekFigures,
  name: keyof Figures,
  { words, meaning }: { words: string; meaning: string },
  t: T,
): Html {
  const number = (value: number) => formatNumber(value, t.language);
  return html`<div class="figure">
    <dt>${words}</dt>
    <dd class="value">${number(now[name])}</dd>
    <dd class="change">${change(now[name] - before[name], t)}</dd>
    <dd class="change">${t('statistics:total', { number: number(total[name]) })}</dd>
    <dd>${meaning}</dd>
  </div>`;
}

function change(difference: number, t: T): string {
  if (difference === 0) return t('statistics:same');
  const count = Math.abs(difference);
  return t(difference > 0 ? 'statistics:more' : 'statistics:fewer', { count, number: formatNumber(count, t.language) });
}
