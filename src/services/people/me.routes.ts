import Router from '@koa/router';

import { seeOther, localPath, personOf, queryOf } from '../site/requests.ts';
import type { House } from '../house/house.ts';
import { fieldsOf, listOf } from '../../platform/http/body.ts';
import type { Context, State } from '../../platform/http/context.ts';
import { InvalidInput } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import { withQuery } from '../site/addresses.ts';
import { titleWithErrors, type FormState } from '../site/forms.views.ts';
import { chooseTextsLanguage, endSessions, profileInput, updateProfile } from './people.ts';
import { mePage, type Chosen } from './me.views.ts';
import { readingOf, wrongLanguage } from './reading.ts';

/** Settings, and the way out. */
export function meRoutes({ log, words, site, languages, kinds }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/me', (ctx) => {
    const { name, textsLanguage, interfaceLanguage: own } = personOf(ctx);
    // Some languages are spoken to us from elsewhere, and have no words of ours.
    const interfaceLanguage = words.languages.includes(own) ? own : ctx.state.language;
    return sendMe(ctx, {
      values: { name: name ?? '', textsLanguage: textsLanguage ?? '', interfaceLanguage },
      errors: [],
    });
  });

  router.post('/:language/me', async (ctx) => {
    const person = personOf(ctx);
    const fields = fieldsOf(ctx.request.body);
    const chosen = {
      reads: listOf(ctx.request.body, 'reads'),
      showsFirst: fields['showsFirst'] || null,
      showsSupport: fields['showsSupport'] === '1',
    };
    try {
      const profile = parse(profileInput, { ...fields, ...readingOf(ctx, languages.all), ...chosen });
      if (!words.languages.includes(profile.interfaceLanguage))
        throw new InvalidInput([{ field: 'interfaceLanguage', key: 'errors:language', params: {} }]);
      await updateProfile(ctx.state.em, person, profile);
      ctx.state.carried = null;
      seeOther(ctx, `/${profile.interfaceLanguage}/me?saved=1`);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      await sendMe(ctx, { values: fields, errors: error.fields }, chosen);
    }
  });

  router.post('/:language/me/texts', async (ctx) => {
    const { texts = '', to } = fieldsOf(ctx.request.body);
    if (texts && !languages.all.includes(texts)) throw wrongLanguage('texts');
    await chooseTextsLanguage(ctx.state.em, personOf(ctx), texts || null);
    ctx.state.carried = null;
    seeOther(ctx, withQuery(localPath(to, `/${ctx.state.language}/me`), { texts: null }));
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

  async function sendMe(ctx: Context, form: FormState, chosen: Chosen = personOf(ctx)): Promise<void> {
    const { t } = ctx.state;
    const page = {
      person: personOf(ctx),
      chosen,
      form,
      saved: queryOf(ctx, 'saved') === '1',
      interfaceLanguages: words.languages,
      languages: languages.all,
      attended: await kinds.attendedBy(ctx, personOf(ctx).id),
    };
    await site.send(
      ctx,
      { title: titleWithErrors(t('site:nav.me'), form, t), body: mePage(page, t), unlisted: true },
      form.errors.length > 0 ? 422 : 200,
    );
  }
}
