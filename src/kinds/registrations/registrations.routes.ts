import Router from '@koa/router';

import type { Routed, State } from '../../platform/http/context.ts';
import type { House } from '../../services/house/house.ts';
import { paramOf, personOf, seeOther } from '../../services/site/requests.ts';
import { register, unregister } from './registrations.ts';

/** Take a seat, or give it back. */
export function registrationsRoutes({ jobs }: House): Router<State> {
  const router = new Router<State>();

  router.post('/:language/events/:id/register', async (ctx) => {
    await register(ctx.state.em, jobs, personOf(ctx), paramOf(ctx, 'id'));
    seeOther(ctx, seatsOf(ctx));
  });

  router.post('/:language/events/:id/unregister', async (ctx) => {
    await unregister(ctx.state.em, jobs, personOf(ctx), paramOf(ctx, 'id'));
    seeOther(ctx, seatsOf(ctx));
  });

  return router;
}

const seatsOf = (ctx: Routed): string => `/${ctx.state.language}/events/${paramOf(ctx, 'id')}#seats`;
