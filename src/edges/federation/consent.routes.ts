import Router from '@koa/router';

import { fieldsOf } from '../../platform/http/body.ts';
import type { State } from '../../platform/http/context.ts';
import { html } from '../../platform/html.ts';
import type { House } from '../../services/house/house.ts';
import type { Written } from '../../services/house/kinds.ts';
import { localPath, personOf, queryOf, seeOther } from '../../services/site/requests.ts';
import { consentPage, consentSection } from './consent.views.ts';
import { decide, readConsent } from './consent.ts';
import type { Federation } from './federation.ts';

/** Whether other servers may know of somebody: asked once, and changed whenever they want. */
export function consentRoutes({ house: { site }, bell }: Federation): Router<State> {
  const router = new Router<State>();
  router.get('/:language/abroad', async (ctx) => {
    const { em, t } = ctx.state;
    const to = localPath(queryOf(ctx, 'to'), `/${t.language}/me`);
    const body = consentPage({ now: await readConsent(em, personOf(ctx).id), to }, t);
    await site.send(ctx, { title: t('federation:consentTitle'), body, unlisted: true });
  });
  router.post('/:language/abroad', async (ctx) => {
    const { federated, to } = fieldsOf(ctx.request.body);
    await decide(ctx.state.em, personOf(ctx), federated === '1');
    bell.forEach((ring) => ring());
    seeOther(ctx, localPath(to, `/${ctx.state.language}/me`));
  });
  return router;
}

/** On a person's own page: what they decided. */
export const consentOf =
  (_house: House): Written =>
  async (ctx, personId) =>
    html`${consentSection((await readConsent(ctx.state.em, personId)) === true, ctx.state.t)}`;
