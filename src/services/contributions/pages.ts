import Router from '@koa/router';

import type { Routed, State } from '../../platform/http/context.ts';
import type { Act } from '../house/acts.ts';
import type { House } from '../house/house.ts';
import { numberOf, paramOf, personOf, seeOther } from '../site/requests.ts';
import { withdraw } from '../texts/contributions.ts';
import type { ShownContribution } from '../texts/contributions.reads.ts';
import { listVersions } from '../texts/versions.reads.ts';
import type { Contribution, ContributionKind, PagedKind } from './contribution.ts';
import { withdrawPage } from './form.views.ts';
import { findOwn, showForm, takeForm } from './forms.ts';
import { historyPage, VERSIONS } from './history.views.ts';
import { readPage } from './page.ts';

/** Write one, read it, its versions, change it, withdraw it: the pages every kind of contribution has. */
export function contributionPages<Shown extends Contribution, Input extends object>(
  house: House,
  of: ContributionKind<Shown, Input>,
): Router<State> {
  const router = new Router<State>();
  const { choose, isOfSpace } = of.form;
  const fresh = [
    ...(choose ? [`/:language/${of.plural}/new`] : []),
    ...(isOfSpace || !choose ? [`/:language/spaces/:slug/${of.plural}/new`] : []),
  ];
  const one = `/:language/${of.plural}/:id`;

  for (const address of fresh) {
    router.get(address, (ctx) => showForm(ctx, { house, of, id: null }));
    router.post(address, (ctx) => takeForm(ctx, { house, of, id: null }));
  }
  router.get(`${one}/edit`, (ctx) => showForm(ctx, { house, of, id: paramOf(ctx, 'id') }));
  router.post(`${one}/edit`, (ctx) => takeForm(ctx, { house, of, id: paramOf(ctx, 'id') }));
  router.use(readingPages(house, of).routes());
  if (of.acts.withdraw) addWithdrawal(of.acts.withdraw);
  return router;

  function addWithdrawal(act: Act): void {
    router.get(`${one}/withdraw`, async (ctx) => {
      const { t } = ctx.state;
      const { text } = await findOwn(ctx, of, paramOf(ctx, 'id'), act);
      const title = t(of.words.withdrawTitle);
      const body = withdrawPage(title, text.title ?? '', addressOf(ctx, of), t);
      await house.site.send(ctx, { title, body, unlisted: true });
    });
    router.post(`${one}/withdraw`, async (ctx) => {
      const person = personOf(ctx);
      const { id } = await of.find(ctx.state.em, paramOf(ctx, 'id'), ctx.state.reader);
      await withdraw(ctx.state.em, person, { id, act });
      seeOther(ctx, addressOf(ctx, of));
    });
  }
}

/** Read one, and the versions there were: of kinds that are written elsewhere, too. */
export function readingPages<Shown extends ShownContribution>(house: House, of: PagedKind<Shown>): Router<State> {
  const { site, settings } = house;
  const router = new Router<State>();
  const one = `/:language/${of.plural}/:id`;
  router.get(one, async (ctx) => site.send(ctx, await readPage(ctx, house, of)));
  router.get(`${one}/history`, async (ctx) => {
    const { em, t, reader } = ctx.state;
    const shown = await of.find(em, paramOf(ctx, 'id'), reader);
    const { id } = shown;
    const versions = await listVersions(em, id, { before: numberOf(ctx, 'before'), limit: VERSIONS + 1 });
    const more = (await of.history?.(ctx, shown)) ?? null;
    const body = historyPage({ versions, more, back: addressOf(ctx, of), timeZone: settings.timeZone }, t);
    const title = [t('contributions:history'), shown.text.title].filter(Boolean).join(': ');
    const about = { title, current: of.current ?? of.plural, unlisted: true };
    await site.send(ctx, { ...about, body, standsOn: [id] });
  });
  return router;
}

const addressOf = (ctx: Routed, { plural }: { plural: string }): string =>
  `/${ctx.state.language}/${plural}/${paramOf(ctx, 'id')}`;
