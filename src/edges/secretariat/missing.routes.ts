import Router from '@koa/router';

import { askForReport } from '../../kinds/events/asking.ts';
import type { State } from '../../platform/http/context.ts';
import { forbidden } from '../../platform/http/errors.ts';
import { spacesOf } from '../../platform/person.ts';
import type { House } from '../../services/house/house.ts';
import { paramOf, personOf, queryOf, seeOther } from '../../services/site/requests.ts';
import { admit } from '../../services/subjects/gate.ts';
import { missingReports } from './missing.reads.ts';
import { missingPage } from './missing.views.ts';
import { secretariatActs } from './secretariat.policy.ts';

/** Reports that are missing, in the spaces that somebody answers for; and a mail to who should write one. */
export function missingRoutes({ settings: { timeZone }, site, jobs }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/secretariat/reports', async (ctx) => {
    const { em, t } = ctx.state;
    const person = await admit(em, ctx.state.person, { act: secretariatActs.openDesk });
    const spaces = spacesOf(person, 'secretariat');
    const own = spaces === 'all' ? [null] : spaces;
    if (own.length === 0) throw forbidden();
    const found = await Promise.all(own.map((spaceId) => missingReports(em, { spaceId })));
    const missing = found.flat().toSorted((a, b) => a.endedAt.getTime() - b.endedAt.getTime());
    const body = missingPage({ missing, timeZone, asked: queryOf(ctx, 'sent') === '1' }, t);
    await site.send(ctx, { title: t('secretariat:missingAll'), body, unlisted: true });
  });

  router.post('/:language/secretariat/reports/:id/ask', async (ctx) => {
    await askForReport(ctx.state.em, jobs, personOf(ctx), paramOf(ctx, 'id'));
    seeOther(ctx, `/${ctx.state.language}/secretariat/reports?sent=1`);
  });

  return router;
}
