import Router from '@koa/router';

import { seeOther, personOf } from '../../services/site/requests.ts';
import type { House } from '../../services/house/house.ts';
import type { State } from '../../platform/http/context.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import type { Panel } from '../../services/house/kinds.ts';
import { findSubject } from '../../services/subjects/subjects.ts';
import { readSupport, setEndorsement } from './endorsements.ts';
import { supportPanel } from './endorsements.views.ts';

/** The button that supports something, on the page of every kind that invites it. */
export function endorsementsRoutes({ kinds }: House): Router<State> {
  const router = new Router<State>();
  router.post('/:language/subjects/:id/endorsement', async (ctx) => {
    const { em, language } = ctx.state;
    const id = ctx.params['id'] ?? '';
    await setEndorsement(em, kinds, personOf(ctx), { id, supports: fieldsOf(ctx.request.body)['supports'] === '1' });
    const subject = await findSubject(em, id, ctx.state.person);
    seeOther(ctx, `/${language}${kinds.get(subject.kind).path(subject)}#support`);
  });
  return router;
}

export const endorsementPanel: Panel = {
  for: 'endorsement',
  async render(ctx, subject) {
    const { em, person, t } = ctx.state;
    const shown = supportPanel(await readSupport(em, subject.id, person), {
      t,
      id: subject.id,
      person,
      closed: subject.closed,
      path: ctx.path,
    });
    return { html: shown, standsOn: [] };
  },
};
