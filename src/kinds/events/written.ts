import { html } from '../../platform/html.ts';
import type { House } from '../../services/house/house.ts';
import type { Written } from '../../services/house/kinds.ts';
import { showingOf } from '../../services/texts/view.ts';
import { listEvents } from './events.reads.ts';
import { eventRow } from './events.views.ts';

const SHOWN = 25;

/** The events that a person announced, for their page: those to come, then those that are over. */
export function eventsOf({ settings }: House): Written {
  return async (ctx, organizerId) => {
    const { em, reader, t } = ctx.state;
    const upcoming = await listEvents(em, { when: 'upcoming', organizerId }, { limit: SHOWN }, reader);
    const past = await listEvents(em, { when: 'past', organizerId }, { limit: SHOWN }, reader);
    const events = [...upcoming, ...past];
    if (events.length === 0) return null;
    const showing = showingOf(ctx, settings);
    return html`<div class="section section-head"><h2>${t('events:title')}</h2></div>
      ${events.map((event) => eventRow(event, showing))}`;
  };
}
