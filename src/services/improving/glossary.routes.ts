import Router from '@koa/router';

import type { Parameter } from '../site/parameters.ts';
import { seeOther, personOf, queryOf } from '../site/requests.ts';
import type { House } from '../house/house.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import type { Context, State } from '../../platform/http/context.ts';
import { InvalidInput, notFound } from '../../platform/http/errors.ts';
import { keepingFields } from '../site/forms.ts';
import { titleWithErrors, type FormState } from '../site/forms.views.ts';
import { termsOf } from './glossary.input.ts';
import { addTerms, findTerm, listTerms, removeTerm, TERMS_A_PAGE } from './glossary.ts';
import { PLATFORM } from './glossary-choices.views.ts';
import { glossaryPage, type Asked } from './glossary.views.ts';
import { glossaryActs } from './improving.policy.ts';
import { newTermsPage, removePage } from './terms.views.ts';
import { admit, may, whereMay } from '../subjects/gate.ts';
import type { NamedSpace } from '../house/spaces.ts';

/** More pages than a full platform has terms; nobody needs deeper ones. */
const LAST_PAGE = 10_000;

/** The glossary of the platform and of each space, for those who keep it. */
export function glossaryRoutes({ settings: { timeZone }, site, languages, spacesIn }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/glossary', async (ctx) => {
    const { em, t } = ctx.state;
    const themes = await themesOf(ctx);
    const asked = askedOf(ctx, themes);
    const ids = themes.map(({ id }) => id);
    const chosen = themes.filter(({ slug }) => slug === asked.space).map(({ id }) => id);
    const spaceIds = asked.space === null ? [null, ...ids] : asked.space === PLATFORM ? [null] : chosen;
    const { terms, total } = await listTerms(em, {
      ...{ spaceIds, sourceLanguage: asked.from, targetLanguage: asked.to, page: asked.page },
    });
    if (terms.length === 0 && asked.page > 1) throw notFound();
    const mayPlatform = await mayKeepPlatform(ctx);
    const page = {
      terms,
      total,
      pageSize: TERMS_A_PAGE,
      asked,
      themes,
      languages: languages.all,
      mayPlatform,
      timeZone,
    };
    const said = { saved: savedOf(ctx), removed: queryOf(ctx, 'removed') === '1' };
    await site.send(ctx, { title: t('glossary:title'), body: glossaryPage({ ...page, ...said }, t), unlisted: true });
  });

  router.get('/:language/glossary/new', async (ctx) => {
    const { space, from, to } = askedOf(ctx, await themesOf(ctx));
    await sendForm(ctx, { values: { space: space ?? '', from: from ?? '', to: to ?? '' }, errors: [] });
  });

  router.post('/:language/glossary/new', async (ctx) => {
    const fields = fieldsOf(ctx.request.body);
    // A person who was signed out while writing keeps the words; strangers are not told which themes they keep.
    if (!ctx.state.person) return sendForm(ctx, { values: fields, errors: [] }, 401);
    const show = (form: FormState, status: number) => sendForm(ctx, form, status);
    await keepingFields(ctx, { fields, first: 'space', work: () => add(ctx, fields), show });
  });

  router.get('/:language/glossary/:id/remove', async (ctx) => {
    const { em, t } = ctx.state;
    const term = await findTerm(em, personOf(ctx), ctx.params['id'] ?? '');
    const theme = (await spacesIn(t.language)).find(({ id }) => id === term.spaceId) ?? null;
    await site.send(ctx, { title: t('glossary:removeTitle'), body: removePage(term, theme, t), unlisted: true });
  });

  router.post('/:language/glossary/:id/remove', async (ctx) => {
    await removeTerm(ctx.state.em, personOf(ctx), ctx.params['id'] ?? '');
    see(ctx, { removed: '1' });
  });

  return router;

  async function add(ctx: Context, fields: Record<string, string>): Promise<void> {
    const themes = await themesOf(ctx);
    const { space = '', from = '', to = '' } = fields;
    const theme = themes.find(({ slug }) => slug === space);
    if (!theme && space !== PLATFORM) throw invalid('space', 'errors:invalidField');
    for (const [field, value] of Object.entries({ from, to }))
      if (!languages.all.includes(value)) throw invalid(field, 'errors:language');
    if (from === to) throw invalid('to', 'errors:sameLanguage');
    const stored = await addTerms(ctx.state.em, personOf(ctx), {
      ...{ spaceId: theme?.id ?? null, sourceLanguage: from, targetLanguage: to, terms: termsOf(fields) },
    });
    see(ctx, { space, from, to, added: String(stored.added), replaced: String(stored.replaced) });
  }

  async function sendForm(ctx: Context, form: FormState, status = 200): Promise<void> {
    const { t } = ctx.state;
    const isSignedOut = status === 401;
    const themes = isSignedOut ? [] : await themesOf(ctx);
    const page = { themes, mayPlatform: await mayKeepPlatform(ctx), languages: languages.all, isSignedOut, form };
    const title = titleWithErrors(t('glossary:newTitle'), form, t);
    await site.send(ctx, { title, body: newTermsPage(page, t), unlisted: true }, status);
  }

  /** Those whose terms the person keeps. Throws 401 to the signed out, 403 to those who keep none. */
  async function themesOf(ctx: Context): Promise<NamedSpace[]> {
    const { em, language } = ctx.state;
    const person = await admit(em, ctx.state.person, { act: glossaryActs.open });
    return whereMay(em, person, glossaryActs.keepOfSpace, await spacesIn(language));
  }

  /** What the address asks for; an unknown value counts as not given. */
  function askedOf(ctx: Context, themes: readonly NamedSpace[]): Asked {
    const known = (name: Parameter, all: readonly string[]) =>
      all.find((value) => value === queryOf(ctx, name)) ?? null;
    const page = queryOf(ctx, 'page') ?? '1';
    if (!/^\d{1,5}$/.test(page) || Number(page) < 1 || Number(page) > LAST_PAGE) throw notFound();
    return {
      space: known('space', [PLATFORM, ...themes.map(({ slug }) => slug)]),
      ...{ from: known('from', languages.all), to: known('to', languages.all), page: Number(page) },
    };
  }
}

const mayKeepPlatform = ({ state: { em, person } }: Context): Promise<boolean> =>
  may(em, person, { act: glossaryActs.keepOfPlatform });

const invalid = (field: string, key: 'errors:invalidField' | 'errors:language' | 'errors:sameLanguage'): InvalidInput =>
  new InvalidInput([{ field, key, params: {} }]);

/** What the page before has stored: said once. */
function savedOf(ctx: Context): { added: number; replaced: number } | null {
  const [added, replaced] = (['added', 'replaced'] as const).map((name) => queryOf(ctx, name) ?? '');
  return added && replaced && /^\d{1,4} \d{1,4}$/.test(`${added} ${replaced}`)
    ? { added: Number(added), replaced: Number(replaced) }
    : null;
}

function see(ctx: Context, query: Record<string, string>): void {
  seeOther(ctx, `/${ctx.state.language}/glossary?${new URLSearchParams(query)}`);
}
