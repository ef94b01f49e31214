import Router from '@koa/router';

import { seeOther, personOf } from '../../services/site/requests.ts';
import type { Routed, Context, State } from '../../platform/http/context.ts';
import type { House } from '../../services/house/house.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import { forbidden } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import { keepingFields } from '../../services/site/forms.ts';
import { emptyForm, titleWithErrors, type FormState } from '../../services/site/forms.views.ts';
import { findSpace } from '../spaces/spaces.reads.ts';
import { withdraw } from '../../services/texts/contributions.ts';
import { saidLanguage } from '../../services/texts/texts.views.ts';
import { ideaForm, withdrawPage } from './form.views.ts';
import { editIdea, ideaInput, postIdea } from './ideas.ts';
import { findIdea, type ShownIdea } from './ideas.reads.ts';

/** Share an idea, change it, withdraw it. */
export function formRoutes({ site, languages }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/spaces/:slug/ideas/new', async (ctx) => {
    personOf(ctx);
    await sendForm(ctx, emptyForm, null);
  });

  router.post('/:language/spaces/:slug/ideas/new', async (ctx) => {
    const { em, person, language: interfaceLanguage } = ctx.state;
    const fields = fieldsOf(ctx.request.body);
    if (!person) return sendForm(ctx, { values: fields, errors: [] }, null, 401);
    await keeping(ctx, fields, null, async () => {
      const space = await findSpace(em, ctx.params['slug'] ?? '', ctx.state.reader);
      const input = parse(ideaInput, { ...fields, language: fields['language'] || null });
      const id = await postIdea(em, languages, person, { space, input, interfaceLanguage, key: fields['key'] });
      see(ctx, `/ideas/${id}?posted=1`);
    });
  });

  router.get('/:language/ideas/:id/edit', async (ctx) => {
    const { text, details } = await ownIdea(ctx);
    const values = {
      ...fieldsOf(details),
      title: text.title ?? '',
      body: text.body,
      version: String(text.version),
      language: saidLanguage(text),
    };
    await sendForm(ctx, { values, errors: [] }, ctx.params['id'] ?? '');
  });

  router.post('/:language/ideas/:id/edit', async (ctx) => {
    const { em, person, language: interfaceLanguage } = ctx.state;
    const id = ctx.params['id'] ?? '';
    const fields = fieldsOf(ctx.request.body);
    if (!person) return sendForm(ctx, { values: fields, errors: [] }, id, 401);
    await keeping(ctx, fields, id, async () => {
      const input = parse(ideaInput, { ...fields, language: fields['language'] || null });
      await editIdea(em, languages, person, { id, version: Number(fields['version']), input, interfaceLanguage });
      see(ctx, `/ideas/${id}`);
    });
  });

  router.get('/:language/ideas/:id/withdraw', async (ctx) => {
    const idea = await ownIdea(ctx);
    const { t } = ctx.state;
    await site.send(ctx, {
      title: t('ideas:withdrawTitle'),
      body: withdrawPage(idea.text.title ?? '', idea.id, t),
      unlisted: true,
    });
  });

  router.post('/:language/ideas/:id/withdraw', async (ctx) => {
    const id = ctx.params['id'] ?? '';
    await withdraw(ctx.state.em, personOf(ctx), id);
    see(ctx, `/ideas/${id}`);
  });

  return router;

  async function sendForm(ctx: Routed, form: FormState, id: string | null, status = 200): Promise<void> {
    const { em, t } = ctx.state;
    const reader = ctx.state.reader;
    const slug = id === null ? (ctx.params['slug'] ?? '') : (await findIdea(em, id, reader)).spaceSlug;
    const space = await findSpace(em, slug, reader);
    const title = titleWithErrors(id ? t('ideas:editTitle') : t('ideas:newTitle'), form, t);
    const body = ideaForm({ space, id, languages: languages.all, form, signedOut: status === 401 }, t);
    await site.send(ctx, { title, body, unlisted: true, current: 'ideas' }, status);
  }

  /** What is posted or saved, or the form again with what is wrong. */
  function keeping(ctx: Routed, fields: Record<string, string>, id: string | null, work: () => Promise<void>) {
    return keepingFields(ctx, {
      fields,
      first: 'title',
      work,
      show: (form, status) => sendForm(ctx, form, id, status),
    });
  }

  async function ownIdea(ctx: Routed): Promise<ShownIdea> {
    const idea = await findIdea(ctx.state.em, ctx.params['id'] ?? '', ctx.state.reader);
    if (idea.author?.id !== personOf(ctx).id || idea.state !== 'open') throw forbidden();
    return idea;
  }

  function see(ctx: Context, path: string): void {
    seeOther(ctx, `/${ctx.state.language}${path}`);
  }
}
