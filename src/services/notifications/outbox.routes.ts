import Router from '@koa/router';

import type { House } from '../house/house.ts';
import type { State } from '../../platform/http/context.ts';
import { outboxPage } from './outbox.views.ts';

const REFRESH_SECONDS = '10';

/** The mails of a demonstration, which leave the machine in no other way. There is no such page on a real platform. */
export function outboxRoutes({ settings, site, mailer }: House): Router<State> {
  const router = new Router<State>();
  const outbox = mailer?.outbox;
  if (!settings.demo || !outbox) return router;
  router.get('/outbox', async (ctx) => {
    const { t } = ctx.state;
    const title = t('site:outbox.title');
    // New mails appear without a press.
    ctx.set('Refresh', REFRESH_SECONDS);
    const body = outboxPage(outbox, settings.timeZone, t);
    await site.send(ctx, { title, body, unlisted: true });
  });
  return router;
}
