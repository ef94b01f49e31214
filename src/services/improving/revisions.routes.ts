import Router from '@koa/router';
import { z } from 'zod';

import { localPath, numberOf, seeOther, personOf, queryOf } from '../site/requests.ts';
import type { Routed, State } from '../../platform/http/context.ts';
import type { Act } from '../house/acts.ts';
import type { House } from '../house/house.ts';
import { may, mayOf } from '../subjects/gate.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import { notFound } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import { eraseRevision, findRevision } from './erasing.ts';
import { rollBack } from './improving.ts';
import { glossaryActs, translationActs } from './improving.policy.ts';
import { findTranslatable, listRevisions, type Made, type Translatable } from './improving.reads.ts';
import { erasePage, REVISIONS, revisionsPage, rollBackPage } from './revisions.views.ts';

const revisionNumber = z.coerce.number({ error: 'invalidField' }).int().min(0).max(1_000_000_000);
const eraseInput = z.object({ to: revisionNumber });
const rollBackInput = z.object({ to: revisionNumber, base: revisionNumber });

/** What people did to a translation, and taking it back. */
export function revisionsRoutes({ settings, site, languages, kinds }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/texts/:id/translations/:into', async (ctx) => {
    const { em, person, t, language, reader } = ctx.state;
    const found = await findTranslatable(em, { kinds, languages, person }, placeOf(ctx, translationActs.readRevisions));
    const { subject } = found;
    const kind = kinds.get(subject.kind);
    const { rollBack: mayRollBack, eraseRevision: mayErase } = await mayOf(em, person, translationActs, {
      subject,
      kind,
    });
    const asked = { before: numberOf(ctx, 'before'), limit: REVISIONS + 1 };
    const page = {
      found,
      into: reader.language,
      revisions: await listRevisions(em, found, asked),
      back: `/${language}${kind.path(subject)}`,
      mayRollBack,
      mayErase,
      keepsTerms: await may(em, person, { act: glossaryActs.keepOfSpace, subject }),
      saved: queryOf(ctx, 'saved') === '1' && person !== null,
      timeZone: settings.timeZone,
    };
    const body = revisionsPage(page, t);
    await site.send(ctx, { title: t('texts:revisions'), body, unlisted: true, standsOn: [subject.id] });
  });

  router.get('/:language/texts/:id/translations/:into/roll-back', async (ctx) => {
    const { em, person, t } = ctx.state;
    const found = await findTranslatable(em, { kinds, languages, person }, placeOf(ctx, translationActs.rollBack));
    const to = parse(revisionNumber, queryOf(ctx, 'to') ?? '0');
    const page = { to, made: await madeOf(ctx, found, to), back: backOf(ctx, queryOf(ctx, 'from')) };
    const title = t(to === 0 ? 'translations:toMachineTitle' : 'translations:bringBackTitle');
    await site.send(ctx, { title, body: rollBackPage(found, page, t), unlisted: true });
  });

  router.post('/:language/texts/:id/translations/:into/roll-back', async (ctx) => {
    const person = personOf(ctx);
    const fields = fieldsOf(ctx.request.body);
    const { to, base } = parse(rollBackInput, fields);
    const { textId, language } = placeOf(ctx, translationActs.rollBack);
    await rollBack(ctx.state.em, { languages, kinds, person }, { textId, language, base }, to);
    seeOther(ctx, backOf(ctx, fields['from']));
  });

  router.get('/:language/texts/:id/translations/:into/erase', async (ctx) => {
    const { em, person, t } = ctx.state;
    const found = await findTranslatable(em, { kinds, languages, person }, placeOf(ctx, translationActs.eraseRevision));
    const to = parse(revisionNumber, queryOf(ctx, 'to') ?? '0');
    const page = { to, words: await findRevision(em, found, to), back: backOf(ctx, queryOf(ctx, 'from')) };
    await site.send(ctx, { title: t('translations:eraseTitle'), body: erasePage(found, page, t), unlisted: true });
  });

  router.post('/:language/texts/:id/translations/:into/erase', async (ctx) => {
    const person = personOf(ctx);
    const fields = fieldsOf(ctx.request.body);
    const { to } = parse(eraseInput, fields);
    const { textId, language } = placeOf(ctx, translationActs.eraseRevision);
    await eraseRevision(ctx.state.em, { languages, kinds, person }, { textId, language }, to);
    seeOther(ctx, backOf(ctx, fields['from']));
  });

  return router;
}

/** What readers would see. Throws 404 for a revision that cannot be brought back. */
async function madeOf({ state: { em } }: Routed, found: Translatable, to: number): Promise<Made | null> {
  if (to === 0) return found.machine;
  const revisions = await listRevisions(em, found);
  const revision = revisions.find(({ number, act, body }) => number === to && act === 'improved' && body !== null);
  if (!revision) throw notFound();
  const { title, body, author } = revision;
  return { title, body: body ?? '', author, outdated: false };
}

const placeOf = ({ params }: Routed, act: Act) => ({ textId: params['id'] ?? '', language: params['into'] ?? '', act });

/** Where the person came from, or else the list of revisions. */
const backOf = ({ state, params }: Routed, from: string | undefined): string =>
  localPath(from, `/${state.language}/texts/${params['id'] ?? ''}/translations/${params['into'] ?? ''}`);
