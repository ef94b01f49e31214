import Router from '@koa/router';

import { seeOther, localPath, queryOf } from '../site/requests.ts';
import type { House } from '../house/house.ts';
import type { Em } from '../../platform/db/database.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import type { Context, State } from '../../platform/http/context.ts';
import { HttpError, InvalidInput } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import { emptyForm, titleWithErrors, type FormState } from '../site/forms.views.ts';
import { checkMailPage, confirmPage, signInPage, usedUpPage } from './sign-in.views.ts';
import { emailInput, peekLink, requestSignIn, shownEmail, useLink, type OpenLink } from './sign-in.ts';
import { withQuery } from '../site/addresses.ts';
import { findActor } from './people.ts';
import { isBlocked } from './granting.ts';
import { leadOn } from './questions.ts';
import { renewSession } from './session.ts';

/** Sign in and up by a link in a mail. */
export function signInRoutes(house: House): Router<State> {
  const { settings, log, jobs, words, site } = house;
  const router = new Router<State>();

  router.get('/:language/sign-in', (ctx) => {
    const returnTo = localPath(queryOf(ctx, 'to'), `/${ctx.state.language}`);
    return ctx.state.person ? seeOther(ctx, returnTo) : sendSignIn(ctx, emptyForm, returnTo);
  });

  router.post('/:language/sign-in', async (ctx) => {
    const { em, language, t } = ctx.state;
    const fields = fieldsOf(ctx.request.body);
    const again = fields['again'] ? await peekLink(em, fields['again']) : null;
    const returnTo = localPath(again?.returnTo ?? fields['to'], `/${language}`);
    let email = '';
    try {
      ({ email } = again ?? parse(emailInput, fields));
      await requestSignIn(em, jobs, { email, language, returnTo, address: ctx.ip, secret: settings.secret });
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      const errors =
        error instanceof InvalidInput ? error.fields : [{ field: 'email', key: error.key, params: error.params }];
      ctx.set(error.headers);
      return sendSignIn(ctx, { values: fields, errors }, returnTo, error.status);
    }
    const body = checkMailPage({ email: again ? null : shownEmail(email), returnTo }, t, settings);
    await site.send(ctx, { title: t('people:checkMail'), body, unlisted: true });
  });

  router.get('/:language/sign-in/:token', async (ctx) => {
    const { em, t } = ctx.state;
    const token = ctx.params['token'] ?? '';
    const link = await peekLink(em, token);
    ctx.set('Referrer-Policy', 'no-referrer');
    if (!link?.isOpen) return usedUp(ctx, token, link);
    const body = confirmPage(shownEmail(link.email), token, t);
    await site.send(ctx, { title: t('people:confirm'), body, unlisted: true });
  });

  router.post('/:language/sign-in/:token', async (ctx) => {
    const { em } = ctx.state;
    const token = ctx.params['token'] ?? '';
    const used = await useLink(em, token);
    log.info({ person: used?.personId ?? null, taken: used !== null }, 'a sign-in link was pressed');
    if (!used) return usedUp(ctx, token, await peekLink(em, token));
    if (used.personId === null) {
      await renewSession(ctx, { email: used.email, returnTo: used.returnTo });
      return seeOther(ctx, `/${ctx.state.language}/welcome`);
    }
    if (await isBlocked(em, used.personId)) throw new HttpError(403, 'errors:blocked');
    await renewSession(ctx, { personId: used.personId });
    const to = await landing(em, used.personId, used.returnTo);
    await leadOn(ctx, house, { personId: used.personId, to });
  });

  return router;

  /** Who came for nothing in particular, and has work here, comes to their desk. */
  async function landing(em: Em, personId: string, returnTo: string): Promise<string> {
    const home = withQuery(returnTo, { texts: null });
    const isHome = words.languages.some((language) => home === `/${language}`);
    const person = isHome ? await findActor(em, personId) : null;
    const desk = person && (await site.deskOf(em, person));
    return desk ? `${home}${desk}` : returnTo;
  }

  /** Pressed twice, or too late: who is in goes on, everybody else gets a new link with one press. */
  async function usedUp(ctx: Context, token: string, link: OpenLink | null): Promise<void> {
    const { person, t } = ctx.state;
    if (person && link) return seeOther(ctx, link.returnTo);
    const body = usedUpPage(link ? token : null, t);
    await site.send(ctx, { title: t('errors:linkExpired'), body, unlisted: true }, 410);
  }

  async function sendSignIn(ctx: Context, form: FormState, returnTo: string, status = 200): Promise<void> {
    const { t } = ctx.state;
    await site.send(
      ctx,
      { title: titleWithErrors(t('people:signIn'), form, t), body: signInPage(form, returnTo, t), unlisted: true },
      status,
    );
  }
}
