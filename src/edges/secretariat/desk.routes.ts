import Router from '@koa/router';

import type { Routed, State } from '../../platform/http/context.ts';
import type { House } from '../../services/house/house.ts';
import { sendCsv } from '../../services/site/csv.ts';
import { paramOf, queryOf } from '../../services/site/requests.ts';
import { admit, may } from '../../services/subjects/gate.ts';
import { wordingActs } from '../../services/wording/wording.policy.ts';
import { countWording } from '../../services/wording/wording.reads.ts';
import { chosenWeek, weekPath, type Choice } from '../statistics/choice.ts';
import { deskTable } from './desk.csv.ts';
import { labelsOf } from './desk.labels.ts';
import { readSecretariatDesk, type SecretariatDesk } from './desk.reads.ts';
import { deskPage } from './desk.views.ts';
import { secretariatActs } from './secretariat.policy.ts';
import { weekTitle } from '../statistics/header.views.ts';
import { weekActs } from '../statistics/statistics.policy.ts';

/** The secretariat's week, as a page and as a file. */
export function secretariatRoutes(house: House): Router<State> {
  const { settings, site, figures } = house;
  const { timeZone, publicUrl } = settings;
  const languages = house.languages.all;
  const router = new Router<State>();

  router.get('/:language/secretariat', async (ctx) => {
    await admit(ctx.state.em, ctx.state.person, { act: secretariatActs.openDesk });
    ctx.redirect(`/${ctx.state.language}/secretariat/${weekPath(ctx, timeZone)}`);
  });

  router.get('/:language/secretariat/:week.csv', async (ctx) => {
    const { language } = ctx.state;
    const { choice, desk } = await readChosen(ctx);
    const { week, space } = choice;
    const labels = queryOf(ctx, 'labels') === '1' ? labelsOf(figures, choice.spaces, ctx.state.t) : undefined;
    const eventUrl = (id: string) => `${publicUrl}/${language}/events/${id}`;
    const { columns, rows } = deskTable(desk, { space: space?.slug ?? null, eventUrl, labels });
    sendCsv(ctx, `polyphony-${week.name}${space ? `-${space.slug}` : ''}.csv`, columns, rows);
  });

  router.get('/:language/secretariat/:week', async (ctx) => {
    const { t } = ctx.state;
    const { choice, desk } = await readChosen(ctx);
    const name = t('secretariat:title');
    const wording = await openWording(ctx);
    const page = { choice, desk, figures, languages, wording, name, path: '/secretariat' };
    await site.send(ctx, {
      title: `${weekTitle(choice.week, t)} – ${name}`,
      body: deskPage(page, t),
      live: { rooms: ['statistics', 'translations'] },
      unlisted: true,
    });
  });

  return router;

  /** Null for those who answer for one space: the words of the site are everybody's. */
  async function openWording({ state: { em, person } }: Routed): Promise<number | null> {
    const isTheirs = await may(em, person, { act: wordingActs.readDesk });
    return isTheirs ? countWording(em, { state: 'open', language: null }) : null;
  }

  /** Throws 401, 403 and 404: a person whose role is for one space sees that space. */
  async function readChosen(ctx: Routed): Promise<{ choice: Choice; desk: SecretariatDesk }> {
    const { em } = ctx.state;
    const person = await admit(em, ctx.state.person, { act: secretariatActs.openDesk });
    const choice = await chosenWeek(ctx, paramOf(ctx, 'week'), house);
    const { week, space } = choice;
    await admit(em, person, { act: weekActs.readMore, space });
    const desk = await readSecretariatDesk(em, house, { week, timeZone, spaceId: space?.id ?? null });
    return { choice, desk };
  }
}
