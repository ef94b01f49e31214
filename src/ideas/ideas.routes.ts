import Router from '@koa/router';

import { fieldsOf } from '../platform/http/body.ts';
import type { Context, State } from '../platform/http/context.ts';
import { forbidden, HttpError, InvalidInput, notFound } from '../platform/http/errors.ts';
import { parse } from '../platform/input.ts';
import type { Platform } from '../platform/platform.ts';
import { listDecisions } from '../moderation/decisions.reads.ts';
import { emptyForm, titleWithErrors, type FormState } from '../site/forms.views.ts';
import type { Site } from '../site/pages.ts';
import { personOf, queryOf } from '../site/requests.ts';
import type { SpaceIndex } from '../spaces/spaces.index.ts';
import { findSpace, type CountedSpace, type Reader } from '../spaces/spaces.reads.ts';
import { isModeratorOf } from '../subjects/subjects.ts';
import { excerpt } from '../texts/markdown.ts';
import type { Languages } from '../texts/texts.ts';
import { chosenWords } from '../texts/texts.views.ts';
import { wishForReader } from '../texts/translations.ts';
import { viewOf } from '../texts/view.ts';
import { ideaForm, withdrawPage } from './form.views.ts';
import { historyPage } from './history.views.ts';
import { editIdea, ideaInput, postIdea, withdrawIdea } from './ideas.ts';
import { findIdea, listIdeas, listVersions, type ShownIdea } from './ideas.reads.ts';
import { ideaPage } from './ideas.views.ts';
import { listPage, PAGE_SIZE } from './list.views.ts';

/** Deeper pages are for machines, and they have the API. */
const LAST_PAGE = 1_000;

export function ideasRoutes(
  { settings, tail }: Platform,
  site: Site,
  languages: Languages,
  spacesIn: SpaceIndex,
): Router<State> {
  const router = new Router<State>();
  const readerOf = (ctx: Context): Reader => ({ languages, language: ctx.state.language, person: ctx.state.person });

  router.get('/:language/ideas', (ctx) => sendList(ctx, null));
  router.get('/:language/spaces/:slug', (ctx) => sendList(ctx, ctx.params['slug'] ?? ''));

  router.get('/:language/spaces/:slug/ideas/new', async (ctx) => {
    personOf(ctx);
    await sendForm(ctx, emptyForm, null);
  });

  router.post('/:language/spaces/:slug/ideas/new', async (ctx) => {
    const { em, person, language: interfaceLanguage } = ctx.state;
    const fields = fieldsOf(ctx.request.body);
    if (!person) return sendForm(ctx, { values: fields, errors: [] }, null, 401);
    await keepingFields(ctx, fields, null, async () => {
      const space = await findSpace(em, ctx.params['slug'] ?? '', readerOf(ctx));
      const input = parse(ideaInput, { ...fields, language: fields['language'] || null });
      const id = await postIdea(em, languages, person, { space, input, interfaceLanguage, key: fields['key'] });
      see(ctx, `/ideas/${id}?posted=1`);
    });
  });

  router.get('/:language/ideas/:id', async (ctx) => {
    const { em, person, t } = ctx.state;
    const reader = readerOf(ctx);
    const idea = await findIdea(em, ctx.params['id'] ?? '', reader);
    const space = await findSpace(em, idea.spaceSlug, reader);
    const decisions = person ? await listDecisions(em, idea.id, reader) : [];
    if (person) await wishForReader(em, languages, ctx.state.language, wishable([idea]));
    ctx.state.cacheTags = [idea.id, idea.spaceId];
    const view = viewOf(ctx, settings);
    const words = chosenWords(idea.text, view);
    const body = ideaPage(
      {
        idea,
        space,
        decisions,
        timeZone: settings.timeZone,
        languages: languages.all,
        may: mayOf(idea, ctx),
        posted: queryOf(ctx, 'posted') === '1' && person?.id === idea.author?.id,
      },
      { t, view, path: `/${t.language}/ideas/${idea.id}` },
    );
    await site.send(ctx, {
      title: words.title,
      description: excerpt(words.body, 150),
      body,
      live: { rooms: [`subject:${idea.id}`] },
      current: 'ideas',
      unlisted: idea.state !== 'open',
    });
  });

  router.get('/:language/ideas/:id/history', async (ctx) => {
    const { em, t } = ctx.state;
    const idea = await findIdea(em, ctx.params['id'] ?? '', readerOf(ctx));
    const body = historyPage(idea, await listVersions(em, idea.id), t, settings.timeZone);
    await site.send(ctx, { title: t('ideas:history'), body, current: 'ideas', unlisted: true });
  });

  router.get('/:language/ideas/:id/edit', async (ctx) => {
    const { text, details } = await ownIdea(ctx);
    const values = {
      ...fieldsOf(details),
      title: text.title ?? '',
      body: text.body,
      version: String(text.version),
      language: text.decidedBy === 'author' ? text.language : '',
    };
    await sendForm(ctx, { values, errors: [] }, ctx.params['id'] ?? '');
  });

  router.post('/:language/ideas/:id/edit', async (ctx) => {
    const { em, person, language: interfaceLanguage } = ctx.state;
    const id = ctx.params['id'] ?? '';
    const fields = fieldsOf(ctx.request.body);
    if (!person) return sendForm(ctx, { values: fields, errors: [] }, id, 401);
    await keepingFields(ctx, fields, id, async () => {
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
    await withdrawIdea(ctx.state.em, personOf(ctx), id);
    see(ctx, `/ideas/${id}`);
  });

  return router;

  async function sendList(
    ctx: Context & { params: Record<string, string | undefined> },
    slug: string | null,
  ): Promise<void> {
    const { em, t, person } = ctx.state;
    const reader = readerOf(ctx);
    const spaces = await spacesIn(reader.language);
    const space = slug === null ? null : (spaces.find((each) => each.slug === slug) ?? null);
    if (slug !== null && !space) throw notFound();
    const filter = {
      space:
        slug ??
        known(
          queryOf(ctx, 'space'),
          spaces.map((each) => each.slug),
        ),
      language: known(queryOf(ctx, 'language'), languages.all),
    };
    const where = {
      spaceId: spaces.find((each) => each.slug === filter.space)?.id,
      language: filter.language ?? undefined,
    };
    const page = pageOf(queryOf(ctx, 'page'));
    const before = (page - 1) * PAGE_SIZE;
    const ideas = await listIdeas(em, where, { limit: PAGE_SIZE, offset: before }, reader);
    if (ideas.length === 0 && page > 1) throw notFound();
    const total =
      ideas.length < PAGE_SIZE ? before + ideas.length : Math.max(before + ideas.length, totalOf(spaces, filter));
    if (person) await wishForReader(em, languages, ctx.state.language, wishable(ideas));
    ctx.state.cacheTags = ['lists'];
    const view = viewOf(ctx, settings);
    const body = listPage(
      { ideas, total, page, space, spaces, filter, languages: languages.all, timeZone: settings.timeZone },
      { t, view, path: ctx.path },
    );
    const rooms = filter.space ? [`space:${filter.space}`] : spaces.map((each) => `space:${each.slug}`);
    await site.send(ctx, {
      title: space?.title ?? t('site:nav.ideas'),
      ...(space ? { description: space.description } : {}),
      body,
      live: { rooms },
      current: space ? 'themes' : 'ideas',
    });
  }

  async function sendForm(
    ctx: Context & { params: Record<string, string | undefined> },
    form: FormState,
    id: string | null,
    status = 200,
  ): Promise<void> {
    const { em, t } = ctx.state;
    const reader = readerOf(ctx);
    const slug = id === null ? (ctx.params['slug'] ?? '') : (await findIdea(em, id, reader)).spaceSlug;
    const space = await findSpace(em, slug, reader);
    const title = titleWithErrors(id ? t('ideas:editTitle') : t('ideas:newTitle'), form, t);
    const body = ideaForm({ space, id, languages: languages.all, form, signedOut: status === 401 }, t);
    await site.send(ctx, { title, body, unlisted: true, current: 'ideas' }, status);
  }

  /** Shows the form again, with everything that was typed, when the words cannot be taken as they are. */
  async function keepingFields(
    ctx: Context & { params: Record<string, string | undefined> },
    fields: Record<string, string>,
    id: string | null,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
      tail.wake();
    } catch (error) {
      const errors = formErrors(error);
      if (!errors || !(error instanceof HttpError)) throw error;
      ctx.set(error.headers);
      await sendForm(ctx, { values: error.status === 409 ? withoutKey(fields) : fields, errors }, id, error.status);
    }
  }

  async function ownIdea(ctx: Context & { params: Record<string, string | undefined> }): Promise<ShownIdea> {
    const idea = await findIdea(ctx.state.em, ctx.params['id'] ?? '', readerOf(ctx));
    if (idea.author?.id !== personOf(ctx).id || idea.state !== 'open') throw forbidden();
    return idea;
  }

  function see(ctx: Context, path: string): void {
    ctx.redirect(`/${ctx.state.language}${path}`);
    ctx.status = 303;
  }
}

/** A key that was used for other words would refuse these for ever: the form gets a new one. */
function withoutKey({ key: _used, ...fields }: Record<string, string>): Record<string, string> {
  return fields;
}

/** What is said at the form; anything else is a page of its own. */
function formErrors(error: unknown): FormState['errors'] | null {
  if (error instanceof InvalidInput) return error.fields;
  if (error instanceof HttpError && [409, 412, 429].includes(error.status))
    return [{ field: 'title', key: error.key, params: error.params }];
  return null;
}

function mayOf(idea: ShownIdea, ctx: Context) {
  const { person } = ctx.state;
  const moderates = isModeratorOf(person, { spaceId: idea.spaceId });
  return {
    edit: idea.state === 'open' && idea.author !== null && idea.author.id === person?.id,
    hide: moderates && idea.state === 'open',
    restore: moderates && idea.state === 'hidden',
  };
}

/** Texts that no engine has been asked for yet, or that wait behind others. */
function wishable(ideas: readonly ShownIdea[]): { id: string; language: string }[] {
  return ideas
    .filter(({ text }) => text.translation && ['available', 'queued', 'failed'].includes(text.translation.state))
    .map(({ text }) => text);
}

/** As many as the index of spaces knows of; it may be younger or older than the list by a moment. */
function totalOf(spaces: readonly CountedSpace[], filter: { space: string | null; language: string | null }): number {
  const chosen = filter.space ? spaces.filter(({ slug }) => slug === filter.space) : spaces;
  return chosen.reduce(
    (sum, { counts, ideasIn }) => sum + (filter.language ? (ideasIn[filter.language] ?? 0) : counts.ideas),
    0,
  );
}

const known = (value: string | undefined, all: readonly string[]): string | null =>
  value !== undefined && all.includes(value) ? value : null;

function pageOf(value: string | undefined): number {
  if (value === undefined) return 1;
  const page = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (page < 1 || page > LAST_PAGE) throw notFound();
  return page;
}
