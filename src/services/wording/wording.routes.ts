import { randomUUIDv7 } from 'node:crypto';

import Router from '@koa/router';

import { fieldsOf } from '../../platform/http/body.ts';
import type { Routed, State } from '../../platform/http/context.ts';
import { parse } from '../../platform/input.ts';
import type { House } from '../house/house.ts';
import { withQuery } from '../site/addresses.ts';
import { keepingFields } from '../site/forms.ts';
import { titleWithErrors, type FormState } from '../site/forms.views.ts';
import { personOf, queryOf, seeOther } from '../site/requests.ts';
import { isId } from '../subjects/subjects.ts';
import { placeOf, tellWording, wordingInput } from './wording.ts';
import { thanksPage, wordingPage } from './wording.views.ts';

const PATH = '/:language/wording';

/** Say that words of the site itself are wrong; every page leads here. */
export function wordingRoutes({ site, words: { languages } }: House): Router<State> {
  const router = new Router<State>();

  router.get(PATH, async (ctx) => {
    const { t, language } = ctx.state;
    personOf(ctx);
    const place = placeOf(queryOf(ctx, 'page'), language, languages);
    const values = { page: place.page ?? '', words: queryOf(ctx, 'words') ?? '' };
    if (queryOf(ctx, 'sent') !== '1') return sendForm(ctx, { values, errors: [] });
    await site.send(ctx, { title: t('site:wording.thanks'), body: thanksPage(place, t), unlisted: true });
  });

  router.post(PATH, async (ctx) => {
    const { em, person, language } = ctx.state;
    const fields = fieldsOf(ctx.request.body);
    const show = (form: FormState, status: number) => sendForm(ctx, form, status);
    // A person who was signed out while writing keeps the words.
    if (!person) return show({ values: fields, errors: [] }, 401);
    const work = async () => {
      const place = placeIn(fields, language);
      await tellWording(em, person, { ...place, id: keyIn(fields), input: parse(wordingInput, fields) });
      seeOther(ctx, withQuery(`/${language}/wording`, { page: place.page, sent: '1' }));
    };
    await keepingFields(ctx, { fields, first: 'words', work, show });
  });

  return router;

  async function sendForm(ctx: Routed, { values, errors }: FormState, status = 200): Promise<void> {
    const { t, language } = ctx.state;
    const place = placeIn(values, language);
    const form = { values: { ...values, key: keyIn(values) }, errors };
    const body = wordingPage({ place, form, isSignedOut: status === 401 }, t);
    const title = titleWithErrors(t('site:wording.title'), form, t);
    await site.send(ctx, { title, body, unlisted: true }, status);
  }

  function placeIn({ page, language: own = '' }: Readonly<Record<string, string>>, language: string) {
    return placeOf(page, languages.includes(own) ? own : language, languages);
  }
}

const keyIn = ({ key = '' }: Readonly<Record<string, string>>): string => (isId(key) ? key : randomUUIDv7());
