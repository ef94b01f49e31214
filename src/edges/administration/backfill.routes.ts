import Router from '@koa/router';
import { z } from 'zod';

import type { House } from '../../services/house/house.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import type { Context, State } from '../../platform/http/context.ts';
import { InvalidInput } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import { keepingFields } from '../../services/site/forms.ts';
import { emptyForm, titleWithErrors, type FormState } from '../../services/site/forms.views.ts';
import { queryOf } from '../../services/site/requests.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { startBackfill, stopBackfill } from '../../services/engines/backfill.ts';
import { forecastBackfill, type Forecast } from '../../services/engines/forecast.ts';
import { administratorOf } from './administrator.ts';
import { forecastPage } from './backfill.views.ts';
import { finish } from './page.ts';

/** An empty choice is all of them. */
const scopeInput = z.object({
  space: z.string({ error: 'invalidField' }).default(''),
  language: z.string({ error: 'language' }).default(''),
});

interface Asked {
  space: NamedSpace | null;
  language: string | null;
}

/** Bringing translations of a space or a language up to date: what it would take, and then, if somebody says so, doing it. */
export function backfillRoutes({ settings, jobs, site, languages, spacesIn }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/admin/translation/backfill', async (ctx) => {
    await administratorOf(ctx);
    if (ctx.querystring === '') return sendForm(ctx, emptyForm, 200);
    const fields = { space: queryOf(ctx, 'space') ?? '', language: queryOf(ctx, 'language') ?? '' };
    await keepingFields(ctx, {
      fields,
      first: 'space',
      work: async () => {
        const asked = await askedOf(ctx, fields);
        await sendForecast(ctx, asked, { ...emptyForm, values: fields });
      },
      show: (form, status) => sendForm(ctx, form, status),
    });
  });

  router.post('/:language/admin/translation/backfill', async (ctx) => {
    const person = await administratorOf(ctx);
    const { em } = ctx.state;
    const fields = fieldsOf(ctx.request.body);
    await keepingFields(ctx, {
      fields,
      first: 'space',
      work: async () => {
        const asked = await askedOf(ctx, fields);
        const { translations: total, characters } = await forecastOf(ctx, asked);
        await startBackfill(em, jobs, person, { ...scopeOf(asked), total, characters });
        finish(ctx, 'started', 'backfills');
      },
      show: (form, status) => sendForm(ctx, form, status),
    });
  });

  router.post('/:language/admin/translation/backfills/:id/stop', async (ctx) => {
    const person = await administratorOf(ctx);
    await stopBackfill(ctx.state.em, jobs, person, ctx.params['id'] ?? '');
    finish(ctx, 'stopped', 'backfills');
  });

  return router;

  /** Throws 422 for an unknown space or language. */
  async function askedOf(ctx: Context, fields: Record<string, string>): Promise<Asked> {
    const { space: slug, language } = parse(scopeInput, fields);
    const spaces = await spacesIn(ctx.state.reader.language, ctx.state.language);
    const space = spaces.find((each) => each.slug === slug) ?? null;
    const errors = [
      ...(slug && !space ? [{ field: 'space', key: 'errors:invalidField' as const, params: {} }] : []),
      ...(language && !languages.all.includes(language)
        ? [{ field: 'language', key: 'errors:language' as const, params: {} }]
        : []),
    ];
    if (errors.length > 0) throw new InvalidInput(errors);
    return { space, language: language || null };
  }

  function forecastOf({ state: { em } }: Context, asked: Asked): Promise<Forecast> {
    return forecastBackfill(em, languages, scopeOf(asked), settings);
  }

  async function sendForecast(ctx: Context, asked: Asked, form: FormState): Promise<void> {
    const { t, language } = ctx.state;
    const spaces = await spacesIn(language);
    const forecast = await forecastOf(ctx, asked);
    const hasModels = languages.translator.engines().some(({ name }) => name === 'bergamot');
    const body = forecastPage({ ...asked, forecast, form, spaces, languages: languages.all, hasModels }, t);
    await site.send(ctx, { title: t('admin:backfill'), body, unlisted: true });
  }

  /** The choice alone, before anything was chosen, and when what was asked for is not there. */
  async function sendForm(ctx: Context, form: FormState, status: number): Promise<void> {
    const { t, language } = ctx.state;
    const spaces = await spacesIn(language);
    const nothing = { space: null, language: null, forecast: null, hasModels: false };
    const page = { ...nothing, form, spaces, languages: languages.all };
    const title = titleWithErrors(t('admin:backfill'), form, t);
    await site.send(ctx, { title, body: forecastPage(page, t), unlisted: true }, status);
  }
}

const scopeOf = ({ space, language }: Asked) => ({ spaceId: space?.id ?? null, language });
