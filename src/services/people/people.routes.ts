import Router from '@koa/router';

import { seeOther, localPath, personOf, queryOf } from '../site/requests.ts';
import type { House } from '../house/house.ts';
import type { Em } from '../../platform/db/database.ts';
import { fieldsOf, listOf } from '../../platform/http/body.ts';
import type { Context, State } from '../../platform/http/context.ts';
import { HttpError, InvalidInput, signInFirst } from '../../platform/http/errors.ts';
import { nameText, parse } from '../../platform/input.ts';
import { emptyForm, titleWithErrors, type FormState } from '../site/forms.views.ts';
import { endSessions, findActor, handleInput, join, NAME_CHARACTERS, profileInput, updateProfile } from './people.ts';
import { mePage } from './me.views.ts';
import { welcomePage } from './people.views.ts';
import { checkMailPage, confirmPage, signInPage, usedUpPage } from './sign-in.views.ts';
import { emailInput, peekLink, requestSignIn, shownEmail, useLink, type OpenLink } from './sign-in.ts';

import { z } from 'zod';

const welcomeInput = z.object({ name: nameText(NAME_CHARACTERS), handle: handleInput });

/** Sign in and up by a link in a mail, sign out, settings. */
export function peopleRoutes({ settings, log, jobs, words, site, languages }: House): Router<State> {
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
    await renewSession(ctx, { personId: used.personId });
    seeOther(ctx, await landing(em, used.personId, used.returnTo));
  });

  router.get('/:language/welcome', async (ctx) => {
    newcomerOf(ctx);
    await sendWelcome(ctx, emptyForm);
  });

  router.post('/:language/welcome', async (ctx) => {
    const { em, language } = ctx.state;
    const { email, returnTo } = newcomerOf(ctx);
    const fields = fieldsOf(ctx.request.body);
    try {
      const { name, handle } = parse(welcomeInput, fields);
      const personId = await join(em, { email, name, handle, interfaceLanguage: language });
      await renewSession(ctx, { personId });
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return sendWelcome(ctx, { values: fields, errors: error.fields }, 422);
    }
    seeOther(ctx, localPath(returnTo, `/${language}`));
  });

  router.get('/:language/me', (ctx) => sendMe(ctx, { values: { name: personOf(ctx).name ?? '' }, errors: [] }));

  router.post('/:language/me', async (ctx) => {
    const person = personOf(ctx);
    const fields = fieldsOf(ctx.request.body);
    try {
      const profile = parse(profileInput, {
        ...fields,
        reads: listOf(ctx.request.body, 'reads'),
        showsFirst: fields['showsFirst'] || null,
        showsSupport: fields['showsSupport'] === '1',
      });
      if (
        !words.languages.includes(profile.interfaceLanguage) ||
        profile.reads.some((code) => !languages.all.includes(code))
      )
        throw new InvalidInput([{ field: 'interfaceLanguage', key: 'errors:language', params: {} }]);
      await updateProfile(ctx.state.em, person, profile);
      seeOther(ctx, `/${profile.interfaceLanguage}/me?saved=1`);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      await sendMe(ctx, { values: fields, errors: error.fields }, 422);
    }
  });

  router.post('/:language/sign-out', async (ctx) => {
    const person = personOf(ctx);
    if (fieldsOf(ctx.request.body)['everywhere']) await endSessions(ctx.state.em, person);
    ctx.session = null;
    // Whoever sits here next finds nothing: kept pages, and what was half written.
    ctx.set('Clear-Site-Data', '"cache", "storage"');
    log.info({ person: person.id, everywhere: Boolean(fieldsOf(ctx.request.body)['everywhere']) }, 'signed out');
    seeOther(ctx, `/${ctx.state.language}`);
  });

  return router;

  /** Who came for nothing in particular, and has work here, comes to their desk. */
  async function landing(em: Em, personId: string, returnTo: string): Promise<string> {
    const isHome = words.languages.some((language) => returnTo === `/${language}`);
    const person = isHome ? await findActor(em, personId) : null;
    const desk = person && (await site.deskOf(em, person));
    return desk ? `${returnTo}${desk}` : returnTo;
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

  async function sendWelcome(ctx: Context, form: FormState, status = 200): Promise<void> {
    const { t } = ctx.state;
    await site.send(
      ctx,
      { title: titleWithErrors(t('people:welcome'), form, t), body: welcomePage(form, t), unlisted: true },
      status,
    );
  }

  async function sendMe(ctx: Context, form: FormState, status = 200): Promise<void> {
    const { t } = ctx.state;
    const page = {
      person: personOf(ctx),
      form,
      saved: queryOf(ctx, 'saved') === '1',
      interfaceLanguages: words.languages,
      languages: languages.all,
    };
    await site.send(
      ctx,
      { title: titleWithErrors(t('site:nav.me'), form, t), body: mePage(page, t), unlisted: true },
      status,
    );
  }
}

/** Somebody who used a link but has no name yet. */
function newcomerOf(ctx: Context): { email: string; returnTo: string } {
  const email: unknown = ctx.session?.['email'];
  const returnTo: unknown = ctx.session?.['returnTo'];
  if (typeof email !== 'string') throw signInFirst();
  return { email, returnTo: typeof returnTo === 'string' ? returnTo : `/${ctx.state.language}` };
}

/** A new session at every sign-in: one that was planted before is worth nothing after. */
async function renewSession(ctx: Context, data: Record<string, string>): Promise<void> {
  ctx.session = data;
  await ctx.session?.regenerate?.();
}
