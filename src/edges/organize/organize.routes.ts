import Router from '@koa/router';

import type { House } from '../../services/house/house.ts';
import { registrationActs } from '../../kinds/registrations/registrations.policy.ts';
import { findEvent, type ShownEvent } from '../../kinds/events/events.reads.ts';
import type { T } from '../../platform/i18n.ts';
import type { State } from '../../platform/http/context.ts';
import { sendCsv } from '../../services/site/csv.ts';
import { admit } from '../../services/subjects/gate.ts';
import { findSubject } from '../../services/subjects/subjects.ts';
import { organizeActs } from './organize.policy.ts';
import { listGuests, readOrganizerDesk } from './organize.reads.ts';
import { deskPage, peoplePage } from './organize.views.ts';

/** The organizer's desk, and who comes to an event. */
export function organizeRoutes({ site }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/organize', async (ctx) => {
    const { em, t } = ctx.state;
    const person = await admit(em, ctx.state.person, { act: organizeActs.openDesk });
    const desk = await readOrganizerDesk(em, person, ctx.state.reader);
    const body = deskPage(desk, (event) => daysUntil(event, new Date()), t);
    await site.send(ctx, { title: t('organize:title'), body, unlisted: true, current: 'events' });
  });

  router.get('/:language/organize/events/:id/people.csv', async (ctx) => {
    const { em, person, t } = ctx.state;
    const subject = await findSubject(em, ctx.params['id'] ?? '', person);
    await admit(em, person, { act: registrationActs.seeGuests, subject });
    const guests = await listGuests(em, subject.id);
    const rows = guests.map((guest, index) => ({
      ...guest,
      place: index + 1,
      state: t(`organize:state.${guest.state}`),
    }));
    sendCsv(ctx, `${subject.id}-people.csv`, guestColumns(t), rows);
  });

  router.get('/:language/organize/events/:id/people', async (ctx) => {
    const { em, person, reader, t } = ctx.state;
    const subject = await findSubject(em, ctx.params['id'] ?? '', person);
    await admit(em, person, { act: registrationActs.seeGuests, subject });
    const event = await findEvent(em, subject.id, reader);
    const body = peoplePage(event, await listGuests(em, event.id), t);
    await site.send(ctx, { title: t('organize:people'), body, unlisted: true, current: 'events' });
  });

  return router;
}

const guestColumns = (t: T) => [
  { key: 'place', header: t('organize:number') },
  { key: 'name', header: t('people:name') },
  { key: 'handle', header: t('people:handle') },
  { key: 'state', header: t('organize:state') },
];

/** Nights to the beginning, on the clocks of the event; 0 once it has begun. */
function daysUntil({ startsAt, timeZone }: ShownEvent, now: Date): number {
  const day = (moment: Date) =>
    Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  return Math.max(0, day(now).until(day(startsAt)).days);
}
