import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { definitionsOf, FIGURES } from './definitions.ts';
import type { Figures } from './figures.reads.ts';
import type { WeekFigures } from './statistics.reads.ts';

/** The headline: a number never stands without its definition. */
export function weekFigures({ figures: now, before, total }: WeekFigures, t: T): Html {
  const names: Record<keyof Figures, string> = {
    participants: t('statistics:participants'),
    ideas: t('statistics:ideas'),
    comments: t('statistics:comments'),
    endorsements: t('statistics:endorsements'),
    languages: t('statistics:weekLanguages'),
    events: t('statistics:events'),
    held: t('statistics:held'),
    registrations: t('statistics:registrations'),
    reports: t('statistics:reports'),
    attendees: t('statistics:attendees'),
  };
  const definitions = definitionsOf(t);
  return html`${FIGURES.map((name) => {
    const all = t('statistics:total', { number: formatNumber(total[name], t.language) });
    const notes = [change(now[name] - before[name], t), all];
    return figure(now[name], { words: names[name], meaning: definitions[name], notes }, t);
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
