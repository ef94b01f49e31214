import Router from '@koa/router';
import { z } from 'zod';

import { localPath } from '../site/requests.ts';
import type { House } from '../house/house.ts';
import { fieldsOf, listOf } from '../../platform/http/body.ts';
import type { Context, State } from '../../platform/http/context.ts';
import { InvalidInput, signInFirst } from '../../platform/http/errors.ts';
import { disguise, spend } from '../../platform/http/rate.ts';
import { nameText, parse } from '../../platform/input.ts';
import { withQuery } from '../site/addresses.ts';
import { emptyForm, titleWithErrors, type FormState } from '../site/forms.views.ts';
import { freeHandle } from './handles.ts';
import { handleInput, join, NAME_CHARACTERS } from './people.ts';
import { welcomePage } from './people.views.ts';
import { leadOn } from './questions.ts';
import { readingOf } from './reading.ts';
import { renewSession } from './session.ts';

/** Names that are taken are found out no faster than this. */
const TRIES_A_MINUTE = 30;

const newName = z.object({ name: nameText(NAME_CHARACTERS) });
const welcomeInput = newName.extend({ handle: handleInput });

/** The first time: a name, a handle, and the languages somebody reads. */
export function welcomeRoutes(house: House): Router<State> {
  const { settings, site, languages } = house;
  const router = new Router<State>();

  router.get('/:language/welcome', async (ctx) => {
    const { returnTo } = newcomerOf(ctx);
    const carried = new URL(returnTo, 'http://localhost').searchParams.get('texts');
    await sendWelcome(ctx, { ...emptyForm, values: { textsLanguage: ctx.state.carried ?? carried ?? '' } });
  });

  router.post('/:language/welcome', async (ctx) => {
    const { em, language } = ctx.state;
    const { email, returnTo } = newcomerOf(ctx);
    const fields = fieldsOf(ctx.request.body);
    await spend(em, [{ bucket: `join:${disguise(email, settings.secret)}`, max: TRIES_A_MINUTE, seconds: 60 }]);
    let personId = '';
    try {
      const reading = readingOf(ctx, languages.all);
      if (!fields['handle']?.trim()) return await suggestHandle(ctx, fields);
      const { name, handle } = parse(welcomeInput, fields);
      personId = await join(em, { email, name, handle, interfaceLanguage: language, ...reading });
      await renewSession(ctx, { personId });
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return sendWelcome(ctx, { values: fields, errors: error.fields }, 422);
    }
    // From here on the settings say in which language texts come.
    ctx.state.carried = null;
    const to = withQuery(localPath(returnTo, `/${language}`), { texts: null });
    await leadOn(ctx, house, { personId, to });
  });

  return router;

  /** A handle stays for ever: the one we make of the name is seen before it is taken. */
  async function suggestHandle(ctx: Context, fields: Record<string, string>): Promise<void> {
    const { name } = parse(newName, fields);
    const values = { ...fields, handle: await freeHandle(ctx.state.em, name) };
    await sendWelcome(ctx, { values, errors: [{ field: 'handle', key: 'errors:handleSuggested', params: {} }] }, 422);
  }

  async function sendWelcome(ctx: Context, form: FormState, status = 200): Promise<void> {
    const { t, em } = ctx.state;
    const { name = '', handle = '' } = form.values;
    const isRefused = form.errors.some(({ field }) => field === 'handle');
    const suggested = name && isRefused ? await freeHandle(em, name.slice(0, NAME_CHARACTERS)) : null;
    const reading = { languages: languages.all, reads: listOf(ctx.request.body, 'reads') };
    const body = welcomePage(form, { ...reading, free: suggested === handle ? null : suggested }, t);
    await site.send(ctx, { title: titleWithErrors(t('people:welcome'), form, t), body, unlisted: true }, status);
  }
}

/** Somebody who used a link but has no name yet. */
function newcomerOf(ctx: Context): { email: string; returnTo: string } {
  const email: unknown = ctx.session?.['email'];
  const returnTo: unknown = ctx.session?.['returnTo'];
  if (typeof email !== 'string') throw signInFirst();
  return { email, returnTo: typeof returnTo === 'string' ? returnTo : `/${ctx.state.language}` };
}
