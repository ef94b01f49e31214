import Router from '@koa/router';

import type { House } from '../house/house.ts';
import type { State } from '../../platform/http/context.ts';
import { html } from '../../platform/html.ts';
import { formatDate } from '../../platform/i18n.ts';

/** The mails of a demonstration, which leave the machine in no other way. There is no such page on a real platform. */
export function outboxRoutes({ settings, site, mailer }: House): Router<State> {
  const router = new Router<State>();
  const outbox = mailer?.outbox;
  if (!settings.demo || !outbox) return router;
  router.get('/outbox', async (ctx) => {
    const { t } = ctx.state;
    const mails = outbox.map(
      ({
        to,
        subject,
        language,
        dir,
        paragraphs,
        button,
        at,
      }) => html`<section class="section"><div class="section-head"><h2 lang="${language}" dir="${dir}">${subject}</h2></div>
<ul class="meta"><li><bdi>${to}</bdi></li><li><time datetime="${at.toISOString()}">${formatDate(at, t.language, settings.timeZone, { time: true })}</time></li></ul>
<div class="prose" lang="${language}" dir="${dir}">${paragraphs.map((words) => html`<p>${words}</p>`)}${button ? html`<p><a class="button" href="${button.url}">${button.words}</a></p>` : ''}</div></section>`,
    );
    const title = t('site:outbox.title');
    const body = html`<div class="folio"><div><header class="stack"><h1>${title}</h1><p class="lead">${t('site:outbox.lead')}</p></header>${mails.length > 0 ? mails : html`<p class="section empty">${t('site:outbox.empty')}</p>`}</div></div>`;
    await site.send(ctx, { title, body, unlisted: true });
  });
  return router;
}
