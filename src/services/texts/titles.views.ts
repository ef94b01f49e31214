import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { icon } from '../site/icon.ts';
import type { Title } from './texts.reads.ts';

interface Place {
  /** Where the title leads. */
  href?: string;
  /** The word is there for screen readers only: where a line below says it in full, and where there is no room. */
  isBrief?: boolean;
}

/** A title where it names something; one that a machine made carries a picture and a word. `lang` stands on the element around it. */
export function showName({ title, isMachine }: Title, t: T, { href, isBrief = false }: Place = {}): Html {
  const name = href ? html`<a href="${href}">${title}</a>` : html`${title}`;
  return isMachine ? html`${name} ${machineMark(t, isBrief)}` : name;
}

function machineMark(t: T, isBrief: boolean): Html {
  const words = t('texts:machine');
  const hidden = isBrief ? html` class="hidden"` : '';
  return html`<span class="machine" title="${words}">${icon('swap')}<span${hidden}>${words}</span></span>`;
}

/** The same where there are words alone: the title of a window, a calendar. */
export const sayName = ({ title, isMachine }: Title, t: T): string =>
  isMachine ? t('mails:machine', { title: title ?? '' }) : (title ?? '');
