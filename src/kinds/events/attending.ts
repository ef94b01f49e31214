import type { Key } from '#locales/keys.ts';
import { html } from '../../platform/html.ts';
import type { House } from '../../services/house/house.ts';
import type { Written } from '../../services/house/kinds.ts';
import { showingOf } from '../../services/texts/view.ts';
import { listEvents, type EventFilter } from './events.reads.ts';
import { eventRow } from './events.views.ts';

const SHOWN = 50;

/** What a person comes to, waits for and came to, for their own page. */
export function eventsAttended({ settings }: House): Written {
  return async (ctx, id) => {
    const { em, reader, t } = ctx.state;
    const showing = showingOf(ctx, settings);
    const group = async (words: Key, when: EventFilter['when'], state: 'registered' | 'waiting') => {
      const events = await listEvents(em, { when, guest: { id, state } }, { limit: SHOWN }, reader);
      if (events.length === 0) return null;
      return html`<section class="section">
        <div class="section-head"><h2>${t(words)}</h2></div>
        ${events.map((event) => eventRow(event, showing))}
      </section>`;
    };
    const groups = [
      await group('events:mine.coming', 'upcoming', 'registered'),
      await group('events:mine.waiting', 'upcoming', 'waiting'),
      await group('events:mine.past', 'past', 'registered'),
    ].filter((each) => each !== null);
    return groups.length > 0 ? html`${groups}` : null;
  };
}
