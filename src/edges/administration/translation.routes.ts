import Router from '@koa/router';
import { z } from 'zod';

import type { Routed, Context, State } from '../../platform/http/context.ts';
import type { House } from '../../services/house/house.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import { notFound } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import { queryOf } from '../../services/site/requests.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { listBackfills } from '../../services/engines/backfill.reads.ts';
import { allowExternalEngines, pauseEngine, resumeEngine, retryFailed } from '../../services/engines/engine-control.ts';
import { administratorOf } from './administrator.ts';
import { matrixOf } from '../../services/engines/matrix.ts';
import { finish } from './page.ts';
import { showBackfills } from './progress.ts';
import { spacePage } from './spaces.views.ts';
import { readEngines, readFailures, readOpenSpaces, readQueue, readUse } from './administration.reads.ts';
import { DONE, translationPage } from './translation.views.ts';

const retryInput = z.object({ kind: z.string().regex(/^[a-z_]{1,40}$/, { error: 'invalidField' }) });
const externalInput = z.object({ external: z.enum(['yes', 'no'], { error: 'invalidField' }) });

/** What operators see of translation, and what they do about it. */
export function translationRoutes({ settings, log, assets, site, languages, spacesIn }: House): Router<State> {
  const router = new Router<State>();
  const { translator } = languages;

  router.get('/:language/admin/translation', async (ctx) => {
    await administratorOf(ctx);
    const { t } = ctx.state;
    const body = translationPage(await readPage(ctx), t);
    const rooms = ['statistics', 'translations'];
    await site.send(ctx, { title: t('admin:translation'), body, unlisted: true, live: { rooms } });
  });

  router.post('/:language/admin/translation/engines/:name/pause', async (ctx) => {
    const person = await administratorOf(ctx);
    const engine = engineOf(ctx);
    await pauseEngine(ctx.state.em, person, engine);
    log.info({ engine, person: person.id }, 'an engine was paused');
    finish(ctx, 'paused', 'engines');
  });

  router.post('/:language/admin/translation/engines/:name/resume', async (ctx) => {
    const person = await administratorOf(ctx);
    const engine = engineOf(ctx);
    await resumeEngine(ctx.state.em, person, engine);
    log.info({ engine, person: person.id }, 'an engine was resumed');
    finish(ctx, 'resumed', 'engines');
  });

  router.post('/:language/admin/translation/retry', async (ctx) => {
    const person = await administratorOf(ctx);
    const { kind } = parse(retryInput, fieldsOf(ctx.request.body));
    await retryFailed(ctx.state.em, person, kind);
    finish(ctx, 'retried', 'failures');
  });

  router.get('/:language/admin/translation/spaces/:slug', async (ctx) => {
    await administratorOf(ctx);
    const { em, t } = ctx.state;
    const space = await spaceOf(ctx);
    const isOpen = (await readOpenSpaces(em)).has(space.id);
    await site.send(ctx, { title: t('admin:externalEngines'), body: spacePage(space, isOpen, t), unlisted: true });
  });

  router.post('/:language/admin/translation/spaces/:slug', async (ctx) => {
    const person = await administratorOf(ctx);
    const space = await spaceOf(ctx);
    const isAllowed = parse(externalInput, fieldsOf(ctx.request.body)).external === 'yes';
    await allowExternalEngines(ctx.state.em, person, { spaceId: space.id, isAllowed });
    log.info({ space: space.slug, isAllowed, person: person.id }, 'external engines of a space');
    finish(ctx, isAllowed ? 'allowed' : 'forbidden', 'spaces');
  });

  return router;

  async function readPage(ctx: Context) {
    const { em, language } = ctx.state;
    const { timeZone } = settings;
    const spaces = await spacesIn(language);
    return {
      ...{ spaces, timeZone, script: assets.url('js/poll.js') },
      done: DONE.find((done) => done === queryOf(ctx, 'done')) ?? null,
      engines: await readEngines(em, translator, settings),
      queue: await readQueue(em, translator),
      failures: await readFailures(em, timeZone),
      use: await readUse(em, timeZone),
      backfills: showBackfills(await listBackfills(em), spaces),
      openSpaces: await readOpenSpaces(em),
      matrix: matrixOf(translator, languages.all),
    };
  }

  /** Throws 404 for an engine that is not set up. */
  function engineOf(ctx: Routed): string {
    const engine = translator.engines().find(({ name }) => name === ctx.params['name']);
    if (!engine) throw notFound();
    return engine.name;
  }

  async function spaceOf(ctx: Routed): Promise<NamedSpace> {
    const spaces = await spacesIn(ctx.state.reader.language, ctx.state.language);
    const space = spaces.find(({ slug }) => slug === ctx.params['slug']);
    if (!space) throw notFound();
    return space;
  }
}
