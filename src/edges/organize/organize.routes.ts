import Router from '@koa/router';

import type { House } from '../../services/house/house.ts';
import { isOrganizerOf } from '../../kinds/events/events.ts';
import { findEvent, type ShownEvent } from '../../kinds/events/events.reads.ts';
import type { State } from '../../platform/http/context.ts';
import { forbidden } from '../../platform/http/errors.ts';
import type { Person } from '../../platform/person.ts';
import { personOf } from '../../services/site/requests.ts';
import { hasEvents, listGuests, readOrganizerDesk } from './organize.reads.ts';
import { deskPage, peoplePage } from './organize.views.ts';

/** The organizer's desk, and who comes to an event. */
export function organizeRoutes({ site }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/organize', async (ctx) => {
    const { em, t } = ctx.state;
    const person = personOf(ctx);
    if (!organizes(person) && !(await hasEvents(em, person))) throw forbidden();
    const desk = await readOrganizerDesk(em, person, ctx.state.reader);
    const body = deskPage(desk, (event) => daysUntil(event, new Date()), t);
    await site.send(ctx, { title: t('organize:title'), body, unlisted: true, current: 'events' });
  });

  router.get('/:language/organize/events/:id/people', async (ctx) => {
    const { em, t } = ctx.state;
    const person = personOf(ctx);
    const event = await findEvent(em, ctx.params['id'] ?? '', ctx.state.reader);
    if (!isOrganizerOf(person, { authorId: event.author?.id ?? null, spaceId: event.spaceId })) throw forbidden();
    const body = peoplePage(event, await listGuests(em, event.id), t);
    await site.send(ctx, { title: t('organize:people'), body, unlisted: true, current: 'events' });
  });

  return router;
}

const ROLES = new Set(['organizer', 'secretariat', 'administrator']);
const organizes = ({ roles }: Person): boolean => roles.some(({ name }) => ROLES.has(name));

/** Nights to the beginning, on the clocks of the event; 0 once it has begun. */
function daysUntil({ startsAt, timeZone }: ShownEvent, now: Date): number {
  const day = (moment: Date) =>
    Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  return Math.max(0, day(now).until(day(startsAt)).days);
}
