import Router from '@koa/router';

import { seeOther, localPath, personOf, queryOf } from '../site/requests.ts';
import type { House } from '../house/house.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import type { State } from '../../platform/http/context.ts';
import { HttpError } from '../../platform/http/errors.ts';
import { disguise } from '../../platform/http/rate.ts';
import { parse } from '../../platform/input.ts';
import { withQuery } from '../site/addresses.ts';
import { correctLanguage } from './texts.ts';
import { exitPage } from './texts.views.ts';
import { choiceInput, chooseView } from './choices.ts';
import { wishFor } from './wishes.ts';

/** Correct a language, wish for a translation, choose the original or the translation, leave through a link. */
export function textsRoutes({ settings, site, languages }: House): Router<State> {
  const router = new Router<State>();

  router.post('/:language/texts/:id/language', async (ctx) => {
    const { language = '' } = fieldsOf(ctx.request.body);
    await correctLanguage(ctx.state.em, languages, personOf(ctx), { textId: ctx.params['id'] ?? '', language });
    seeOther(ctx, back(ctx));
  });

  router.post('/:language/texts/:id/wish', async (ctx) => {
    const { em, person, reader } = ctx.state;
    await wishFor(em, languages, ctx.params['id'] ?? '', {
      language: reader.language,
      person,
      address: disguise(ctx.ip, settings.secret),
    });
    seeOther(ctx, back(ctx));
  });

  router.post('/:language/texts/:id/view', async (ctx) => {
    const fields = fieldsOf(ctx.request.body);
    const { view } = parse(choiceInput, fields);
    await chooseView(ctx.state.em, personOf(ctx), { textId: ctx.params['id'] ?? '', view });
    // The view in the address would hide the one that was just chosen.
    seeOther(ctx, withQuery(localPath(fields['to'], `/${ctx.state.language}`), { view: null }));
  });

  router.get('/:language/leave', async (ctx) => {
    await site.send(ctx, {
      title: ctx.state.t('texts:exit.title'),
      body: exitPage(ctx.state.t, outside(queryOf(ctx, 'to')), back(ctx)),
      unlisted: true,
    });
  });

  return router;
}

/** Back to the page the form stood on. */
function back(ctx: { get(name: string): string; state: State }): string {
  const from = URL.canParse(ctx.get('Referer')) ? new URL(ctx.get('Referer')) : null;
  return localPath(from ? from.pathname + from.search : undefined, `/${ctx.state.language}`);
}

function outside(to: string | undefined): URL {
  const target = to && URL.canParse(to) ? new URL(to) : null;
  if (!target || !/^https?:$/.test(target.protocol) || target.username || target.password)
    throw new HttpError(400, 'errors:badLink');
  return target;
}
