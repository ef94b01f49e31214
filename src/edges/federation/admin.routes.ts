import Router from '@koa/router';
import { z } from 'zod';

import { fieldsOf } from '../../platform/http/body.ts';
import type { Context, State } from '../../platform/http/context.ts';
import { parse } from '../../platform/input.ts';
import { keepingFields } from '../../services/site/forms.ts';
import { emptyForm, titleWithErrors, type FormState } from '../../services/site/forms.views.ts';
import { knownOf, pageOf, queryOf, seeOther } from '../../services/site/requests.ts';
import { admit } from '../../services/subjects/gate.ts';
import { blockServer, dismissActivity, readServer, tryServerAgain, unblockServer } from './admin.ts';
import { countAside, countServers, listAside, listServers, readLosses } from './admin.reads.ts';
import { serversPage, DONE, type Done } from './admin.views.ts';
import { asidePage } from './aside.views.ts';
import { blockFormPage, blockPage } from './blocking.views.ts';
import type { Federation } from './federation.ts';
import { federationActs } from './federation.policy.ts';

const PAGE_SIZE = 20;
const uriInput = z.object({ uri: z.string({ error: 'invalidField' }).max(2_000, { error: 'invalidField' }) });

/** Where administrators see other servers, and what they do about them. */
export function adminRoutes(federation: Federation): Router<State> {
  const { house, publicUrl } = federation;
  const { site, log, settings, spacesIn } = house;
  const { timeZone } = settings;
  const router = new Router<State>();
  const path = '/:language/admin/federation';

  router.get(path, async (ctx) => {
    const { em, t, language } = ctx.state;
    await mayLook(ctx);
    const { page, last, part } = pageIn(ctx, await countServers(em));
    const [space] = await spacesIn(language);
    const here = { publicUrl, space: space?.slug ?? null, isLocal: settings.federation === 'local' };
    const [servers, aside] = [await listServers(em, part), await countAside(em)];
    const body = serversPage({ here, servers, page, last, aside, done: knownOf(ctx, 'done', DONE), timeZone }, t);
    await site.send(ctx, { title: t('federation:adminTitle'), body, unlisted: true });
  });

  router.get(`${path}/block`, async (ctx) => {
    await mayLook(ctx);
    if (ctx.querystring === '') return sendForm(ctx, emptyForm, 200);
    const fields = { host: queryOf(ctx, 'host') ?? '' };
    await keepingFields(ctx, {
      ...{ fields, first: 'host' },
      work: async () => {
        const { em, t } = ctx.state;
        const host = readServer(fields, publicUrl);
        const body = blockPage({ host, losses: await readLosses(em, host) }, t);
        await site.send(ctx, { title: t('federation:adminBlockQuestion', { host }), body, unlisted: true });
      },
      show: (form, status) => sendForm(ctx, form, status),
    });
  });

  router.post(`${path}/block`, async (ctx) => {
    await mayLook(ctx);
    const fields = fieldsOf(ctx.request.body);
    await keepingFields(ctx, {
      ...{ fields, first: 'host' },
      work: async () => {
        const host = readServer(fields, publicUrl);
        await blockServer(ctx.state.em, ctx.state.person, host);
        finish(ctx, 'blocked', host);
      },
      show: (form, status) => sendForm(ctx, form, status),
    });
  });

  router.post(`${path}/unblock`, async (ctx) => {
    await mayLook(ctx);
    const host = readServer(fieldsOf(ctx.request.body), publicUrl);
    await unblockServer(ctx.state.em, ctx.state.person, host);
    finish(ctx, 'unblocked', host);
  });

  router.post(`${path}/retry`, async (ctx) => {
    await mayLook(ctx);
    const host = readServer(fieldsOf(ctx.request.body), publicUrl);
    await tryServerAgain(ctx.state.em, federation, { person: ctx.state.person, host });
    finish(ctx, 'tried', host);
  });

  router.get(`${path}/set-aside`, async (ctx) => {
    const { em, t } = ctx.state;
    await mayLook(ctx);
    const { page, last, part } = pageIn(ctx, await countAside(em));
    const items = await listAside(em, part);
    const body = asidePage({ items, page, last, isDone: queryOf(ctx, 'done') === '1', timeZone }, t);
    await site.send(ctx, { title: t('federation:adminAside'), body, unlisted: true });
  });

  router.post(`${path}/set-aside/dismiss`, async (ctx) => {
    await mayLook(ctx);
    const { uri } = parse(uriInput, fieldsOf(ctx.request.body));
    await dismissActivity(ctx.state.em, ctx.state.person, uri);
    seeOther(ctx, `/${ctx.state.language}/admin/federation/set-aside?done=1`);
  });

  return router;

  function mayLook({ state: { em, person } }: Context) {
    return admit(em, person, { act: federationActs.look });
  }

  /** The field alone, and when what was typed is no server. */
  async function sendForm(ctx: Context, form: FormState, status: number): Promise<void> {
    const { t } = ctx.state;
    const title = titleWithErrors(t('federation:adminBlockOther'), form, t);
    await site.send(ctx, { title, body: blockFormPage(form, t), unlisted: true }, status);
  }

  /** A line for the operator, and back to the servers. */
  function finish(ctx: Context, done: Done, host: string): void {
    const { language, person } = ctx.state;
    log.info({ host, by: person?.id }, `a server was ${done}`);
    seeOther(ctx, `/${language}/admin/federation?done=${done}`);
  }
}

function pageIn(ctx: Context, total: number) {
  const last = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const page = pageOf(queryOf(ctx, 'page'), last);
  return { page, last, part: { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE } };
}
