import Router from '@koa/router';

import { seeOther, personOf, queryOf } from '../../services/site/requests.ts';
import type { Routed, Context, State } from '../../platform/http/context.ts';
import type { House } from '../../services/house/house.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import { hasRole } from '../../platform/person.ts';
import { listDecisions } from '../../services/moderation/decisions.reads.ts';
import { findSpace } from '../spaces/spaces.reads.ts';
import { findSubject, isModeratorOf } from '../../services/subjects/subjects.ts';
import { doubtOf } from '../../services/texts/doubt.ts';
import { excerpt } from '../../services/texts/markdown.ts';
import { wishable } from '../../services/texts/texts.reads.ts';
import { chosenWords } from '../../services/texts/texts.views.ts';
import { wishForReader } from '../../services/texts/translations.ts';
import { showingOf } from '../../services/texts/view.ts';
import { markOfficial } from './events.ts';
import { findEvent, type ShownEvent } from './events.reads.ts';
import { eventPage } from './event.views.ts';
import { findRegistration, register, unregister } from './registrations.ts';
import { isOver } from './times.ts';

/** One event: read it, take a seat, give it back. */
export function eventsRoutes({ settings, jobs, site, languages, kinds }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/events/:id', async (ctx) => {
    const { em, person, language } = ctx.state;
    const { reader } = ctx.state;
    const event = await findEvent(em, ctx.params['id'] ?? '', reader);
    const decisions = await listDecisions(em, event.id, reader);
    const texts = [event.text, ...decisions.map(({ text }) => text)];
    if (person) await wishForReader(em, languages, language, wishable(texts));
    const panels = await kinds.panelsOf(ctx, await findSubject(em, event.id, person));
    const showing = showingOf(ctx, settings);
    const words = chosenWords(event.text, showing);
    const body = eventPage(
      {
        event,
        space: await findSpace(em, event.spaceSlug, reader),
        decisions,
        panels: panels.html,
        person,
        registration: person ? await findRegistration(em, event.id, person) : null,
        may: mayOf(event, ctx),
        languages: languages.all,
        doubt: doubtOf(languages, event.text, language),
        posted: queryOf(ctx, 'posted') === '1' && person?.id === event.author?.id,
        timeZone: settings.timeZone,
      },
      showing,
    );
    await site.send(ctx, {
      title: words.title,
      description: excerpt(words.body, 150),
      body,
      live: { rooms: [`subject:${event.id}`] },
      current: 'events',
      unlisted: event.state !== 'open',
      standsOn: [event.id, event.spaceId, ...panels.standsOn],
    });
  });

  router.post('/:language/events/:id/register', async (ctx) => {
    await register(ctx.state.em, personOf(ctx), ctx.params['id'] ?? '');
    back(ctx, '#seats');
  });

  router.post('/:language/events/:id/unregister', async (ctx) => {
    await unregister(ctx.state.em, jobs, personOf(ctx), ctx.params['id'] ?? '');
    back(ctx, '#seats');
  });

  router.post('/:language/events/:id/official', async (ctx) => {
    const official = fieldsOf(ctx.request.body)['official'] === '1';
    await markOfficial(ctx.state.em, personOf(ctx), { id: ctx.params['id'] ?? '', official });
    back(ctx);
  });

  return router;

  function back(ctx: Routed, place = ''): void {
    seeOther(ctx, `/${ctx.state.language}/events/${ctx.params['id'] ?? ''}${place}`);
  }
}

function mayOf(event: ShownEvent, { state: { person } }: Context) {
  const { spaceId, state } = event;
  const own = person !== null && event.author?.id === person.id;
  const moderates = isModeratorOf(person, { spaceId });
  const goesOn = state === 'open' && event.cancelledAt === null;
  return {
    edit: own && goesOn,
    cancel: (own || hasRole(person, 'administrator', spaceId)) && goesOn && !isOver(event),
    mark: state === 'open' && hasRole(person, 'secretariat', spaceId),
    hide: moderates && state === 'open',
    restore: moderates && state === 'hidden',
  };
}
