import Router from '@koa/router';

import type { Routed, State } from '../../platform/http/context.ts';
import type { House } from '../../services/house/house.ts';
import { forbidden } from '../../platform/http/errors.ts';
import { hasRole } from '../../platform/person.ts';
import { personOf, queryOf } from '../../services/site/requests.ts';
import { chosenWeek, type Choice } from '../statistics/choice.ts';
import { deskCsv } from './desk.csv.ts';
import { readSecretariatDesk, type SecretariatDesk } from './desk.reads.ts';
import { deskPage } from './desk.views.ts';
import { weekTitle } from '../statistics/header.views.ts';
import { hasNotBegun } from '../statistics/statistics.reads.ts';
import { weekOf } from '../statistics/weeks.ts';

/** The secretariat's week, as a page and as a file. */
export function secretariatRoutes(house: House): Router<State> {
  const { settings, site, figures, spacesIn } = house;
  const { timeZone, publicUrl } = settings;
  const languages = house.languages.all;
  const router = new Router<State>();

  router.get('/:language/secretariat', (ctx) => {
    personOf(ctx);
    const space = queryOf(ctx, 'space');
    const week = weekOf(new Date(), timeZone).name;
    ctx.redirect(`/${ctx.state.language}/secretariat/${week}${space ? `?space=${encodeURIComponent(space)}` : ''}`);
  });

  router.get('/:language/secretariat/:week.csv', async (ctx) => {
    const { language } = ctx.state;
    const { choice, desk } = await readChosen(ctx);
    const { week, space } = choice;
    ctx.attachment(`polyphony-${week.name}${space ? `-${space.slug}` : ''}.csv`);
    ctx.type = 'text/csv; charset=utf-8';
    ctx.set('Cache-Control', 'no-store');
    ctx.body = deskCsv(desk, space?.slug ?? null, (id) => `${publicUrl}/${language}/events/${id}`);
  });

  router.get('/:language/secretariat/:week', async (ctx) => {
    const { t } = ctx.state;
    const { choice, desk } = await readChosen(ctx);
    const name = t('secretariat:title');
    const page = { choice, desk, figures, languages, name, path: '/secretariat', isFirst: hasNotBegun(desk) };
    await site.send(ctx, {
      title: `${weekTitle(choice.week, t)} – ${name}`,
      body: deskPage(page, t),
      live: { rooms: ['statistics', 'translations'] },
      unlisted: true,
    });
  });

  return router;

  /** Throws 401, 403 and 404: whose role is for one space sees that space. */
  async function readChosen(ctx: Routed): Promise<{ choice: Choice; desk: SecretariatDesk }> {
    const person = personOf(ctx);
    const choice = await chosenWeek(ctx, ctx.params['week'] ?? '', timeZone, spacesIn);
    const spaceId = choice.space?.id ?? null;
    if (!hasRole(person, 'secretariat', spaceId)) throw forbidden();
    const desk = await readSecretariatDesk(ctx.state.em, house, { week: choice.week, timeZone, spaceId });
    return { choice, desk };
  }
}
