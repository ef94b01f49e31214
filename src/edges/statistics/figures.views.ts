import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import type { Figures } from '../../services/house/figures.ts';
import type { WeekFigures } from './statistics.reads.ts';

/** The headline: a number never stands without its definition. */
export function weekFigures({ figures: now, before, total }: WeekFigures, figures: Figures, t: T): Html {
  return html`${figures.all.map(({ name, words, meaning }) => {
    const [value = 0, earlier = 0, all = 0] = [now[name], before[name], total[name]];
    const notes = [change(value - earlier, t), t('statistics:total', { number: formatNumber(all, t.language) })];
    return figure(value, { words: t(words), meaning: t(meaning), notes }, t);
  })}`;
}

interface FigureWords {
  words: string;
  meaning: string;
  notes?: readonly string[];
}

/** Value, name, change and total where there are such, meaning: in this order, always together. */
export function figure(value: number, { words, meaning, notes = [] }: FigureWords, t: T): Html {
  return html`<div class="figure">
    <dt>${words}</dt>
    <dd class="value">${formatNumber(value, t.language)}</dd>
    ${notes.map((note) => html`<dd class="change">${note}</dd>`)}
    <dd>${meaning}</dd>
  </div>`;
}

function change(difference: number, t: T): string {
  if (difference === 0) return t('statistics:same');
  const count = Math.abs(difference);
  return t(difference > 0 ? 'statistics:more' : 'statistics:fewer', { count, number: formatNumber(count, t.language) });
}
