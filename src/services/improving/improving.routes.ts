import Router from '@koa/router';

import { seeOther, localPath, personOf } from '../site/requests.ts';
import type { Routed, State } from '../../platform/http/context.ts';
import type { House } from '../house/house.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import { keepingFields } from '../site/forms.ts';
import { titleWithErrors, type FormState } from '../site/forms.views.ts';
import { chooseView } from '../texts/choices.ts';
import { improve, translateAnew, type Place } from './improving.ts';
import { translationActs } from './improving.policy.ts';
import { findOriginal, findOriginalBefore, findTranslatable, type Translatable } from './improving.reads.ts';
import { improvePage, improveTitle } from './improving.views.ts';

/** Write a translation over a machine's, or where there is none. */
export function improvingRoutes({ site, languages, kinds }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/texts/:id/improve/:into', async (ctx) => {
    personOf(ctx);
    const found = await translationOf(ctx);
    const { title = null, body = '' } = found.human ?? found.machine ?? {};
    const values = { title: title ?? '', body, base: String(found.revision) };
    await sendForm(ctx, found, { values, errors: [] });
  });

  router.post('/:language/texts/:id/improve/:into', async (ctx) => {
    const { em, person } = ctx.state;
    const fields = fieldsOf(ctx.request.body);
    if (!person) return sendForm(ctx, await translationOf(ctx), { values: fields, errors: [] }, 401);
    const work = async () => {
      await improve(em, { languages, kinds, person }, { ...placeOf(ctx), base: baseOf(fields) }, fields);
      const found = await translationOf(ctx);
      const own = found.language === ctx.state.reader.language;
      // A person who turned this text to the original before would otherwise look for their own words in vain.
      if (own) await chooseView(em, person, { textId: found.original.id, view: 'translation' });
      seeOther(
        ctx,
        own
          ? pageOf(ctx, found)
          : `/${ctx.state.language}/texts/${found.original.id}/translations/${found.language}?saved=1`,
      );
    };
    const show = async (form: FormState, status: number) => sendForm(ctx, await translationOf(ctx), form, status);
    await keepingFields(ctx, { fields, first: 'body', work, show });
  });

  router.post('/:language/texts/:id/translations/:into/anew', async (ctx) => {
    const person = personOf(ctx);
    await translateAnew(ctx.state.em, { languages, kinds, person }, placeOf(ctx));
    seeOther(ctx, localPath(fieldsOf(ctx.request.body)['to'], `/${ctx.state.language}/moderation`));
  });

  return router;

  async function sendForm(ctx: Routed, found: Translatable, form: FormState, status = 200): Promise<void> {
    const { t } = ctx.state;
    // A person who saw both versions saves over the other one; after another fault in the form they have not seen it yet.
    const base = status === 409 ? String(found.revision) : (form.values['base'] ?? '');
    const isNewer = status === 409 && baseOf(form.values) !== found.revision;
    const page = {
      found,
      back: pageOf(ctx, found),
      before: await originalBefore(ctx, found),
      meanwhile: isNewer ? found.human : null,
      signedOut: status === 401,
    };
    const body = improvePage(page, { ...form, values: { ...form.values, base } }, t);
    await site.send(ctx, { title: titleWithErrors(improveTitle(found, t), form, t), body, unlisted: true }, status);
  }

  function translationOf(ctx: Routed): Promise<Translatable> {
    const { em, person } = ctx.state;
    // A person who was signed out while writing is shown the text that everybody may read, with their words.
    const act = person ? translationActs.improve : translationActs.readRevisions;
    return findTranslatable(em, { kinds, languages, person }, { ...placeOf(ctx), act });
  }

  function pageOf({ state }: Routed, { subject }: Translatable): string {
    return `/${state.language}${kinds.get(subject.kind).path(subject)}`;
  }
}

/** The version this form was opened on, or the one the translation in use was made from. */
function originalBefore({ state: { em }, params }: Routed, found: Translatable) {
  if (!found.isCurrent) return findOriginal(em, params['id'] ?? '');
  return found.human?.outdated ? findOriginalBefore(em, found) : null;
}

const placeOf = ({ params }: Routed): Omit<Place, 'base'> => ({
  textId: params['id'] ?? '',
  language: params['into'] ?? '',
});

/** Null where a form does not say which revision it was opened on. */
const baseOf = ({ base = '' }: Readonly<Record<string, string>>): number | null =>
  /^\d{1,9}$/.test(base) ? Number(base) : null;
