import Router from '@koa/router';

import { fieldsOf } from '../../platform/http/body.ts';
import type { Routed, State } from '../../platform/http/context.ts';
import { HttpError, notFound, type FieldError } from '../../platform/http/errors.ts';
import type { House } from '../../services/house/house.ts';
import { emptyForm, titleWithErrors, type FormState } from '../../services/site/forms.views.ts';
import { paramOf, personOf, seeOther } from '../../services/site/requests.ts';
import { admit } from '../../services/subjects/gate.ts';
import { findSubject } from '../../services/subjects/subjects.ts';
import { ideaActs } from './ideas.policy.ts';
import { findIdea } from './ideas.reads.ts';
import { isMovable, moveIdea } from './moves.ts';
import { movePage } from './moves.views.ts';

/** Put an idea into the theme it belongs to. */
export function movesRoutes({ site, log, spacesIn }: House): Router<State> {
  const router = new Router<State>();
  const address = '/:language/ideas/:id/move';

  router.get(address, async (ctx) => {
    const { em } = ctx.state;
    const person = personOf(ctx);
    const subject = await findSubject(em, paramOf(ctx, 'id'), person);
    await admit(em, person, { act: ideaActs.move, subject });
    if (!(await isMovable(em, person, subject))) throw new HttpError(409, 'errors:talkedAbout');
    await sendForm(ctx, emptyForm);
  });

  router.post(address, async (ctx) => {
    const { em, language } = ctx.state;
    const person = personOf(ctx);
    const id = paramOf(ctx, 'id');
    const slug = fieldsOf(ctx.request.body)['space'] ?? '';
    const space = (await spacesIn(language)).find((each) => each.slug === slug);
    if (!space) return sendForm(ctx, { values: {}, errors: [WRONG] }, 422);
    await moveIdea(em, person, { id, space });
    log.info({ person: person.id, subject: id, space: slug }, 'an idea was moved');
    seeOther(ctx, `/${language}/ideas/${id}`);
  });

  return router;

  async function sendForm(ctx: Routed, form: FormState, status = 200): Promise<void> {
    const { em, t, reader, language } = ctx.state;
    const { id, spaceSlug, text } = await findIdea(em, paramOf(ctx, 'id'), reader);
    const spaces = await spacesIn(reader.language, language);
    if (spaces.length === 0) throw notFound();
    const title = titleWithErrors(t('ideas:moveTitle'), form, t);
    const shown = { ...form, values: { space: spaceSlug } };
    const body = movePage({ id, title: text.title ?? '', language: text.language, spaces }, shown, t);
    await site.send(ctx, { title, body, unlisted: true, current: 'ideas' }, status);
  }
}

const WRONG: FieldError = { field: 'space', key: 'errors:spaceRequired', params: {} };
