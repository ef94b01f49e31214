import Router from '@koa/router';

import { seeOther, personOf, queryOf } from '../site/requests.ts';
import type { Routed, State } from '../../platform/http/context.ts';
import type { House } from '../house/house.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import { parse } from '../../platform/input.ts';
import { keepingFields } from '../site/forms.ts';
import { titleWithErrors, type FormState } from '../site/forms.views.ts';
import { findOwnFlag, findFlaggable, flagInput, flagText } from './flags.ts';
import { flagPage, thanksPage, type FlaggedText } from './flags.views.ts';

/** Tell the moderators what is wrong with a text. */
export function flagsRoutes({ site, languages, kinds }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/texts/:id/report', async (ctx) => {
    const { em, t } = ctx.state;
    const flagged = await textOf(ctx);
    if (queryOf(ctx, 'sent') === '1')
      return site.send(ctx, {
        title: t('moderation:thanks'),
        body: thanksPage(flagged, t),
        unlisted: true,
      });
    const known = await findOwnFlag(em, personOf(ctx), ctx.params['id'] ?? '');
    // The link on a translated line says what is wrong already.
    const values = { reason: known?.reason ?? queryOf(ctx, 'reason') ?? '', note: known?.note ?? '' };
    await sendForm(ctx, { ...flagged, isFlagged: known !== null }, { values, errors: [] });
  });

  router.post('/:language/texts/:id/report', async (ctx) => {
    const { em, person, reader } = ctx.state;
    const fields = fieldsOf(ctx.request.body);
    // A person who was signed out while writing keeps the note; strangers are not told what it is about.
    if (!person) return sendForm(ctx, null, { values: fields, errors: [] }, 401);
    const work = async () => {
      const input = parse(flagInput, fields);
      await flagText(
        em,
        { languages, kinds, person },
        { ...{ textId: ctx.params['id'] ?? '', input }, language: reader.language },
      );
      seeOther(ctx, `${ctx.path}?sent=1`);
    };
    const show = async (form: FormState, status: number) => sendForm(ctx, await textOf(ctx), form, status);
    await keepingFields(ctx, { fields, first: 'reason', work, show });
  });

  return router;

  async function sendForm(ctx: Routed, flagged: FlaggedText | null, form: FormState, status = 200): Promise<void> {
    const { t } = ctx.state;
    const body = flagPage(flagged, ctx.path, form, t);
    await site.send(ctx, { title: titleWithErrors(t('moderation:flagTitle'), form, t), body, unlisted: true }, status);
  }

  async function textOf(ctx: Routed): Promise<FlaggedText> {
    const { em, language } = ctx.state;
    const reader = { languages, kinds, person: personOf(ctx), language: ctx.state.reader.language };
    const { subject, text } = await findFlaggable(em, reader, ctx.params['id'] ?? '');
    return { text, back: `/${language}${kinds.get(subject.kind).path(subject)}`, isFlagged: false };
  }
}
