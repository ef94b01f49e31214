import Router from '@koa/router';

import { fieldsOf } from '../../platform/http/body.ts';
import type { Routed, State } from '../../platform/http/context.ts';
import { InvalidInput, notFound } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import type { House } from '../../services/house/house.ts';
import { keepingFields } from '../../services/site/forms.ts';
import { titleWithErrors, type FormState } from '../../services/site/forms.views.ts';
import { knownOf, paramOf, personOf, seeOther } from '../../services/site/requests.ts';
import { admit, may } from '../../services/subjects/gate.ts';
import {
  languagesOfPages,
  pageInput,
  PAGES,
  readInLanguage,
  readServicePage,
  writePage,
  type PageName,
} from './pages.ts';
import { pageActs } from './pages.policy.ts';
import { pageForm, pagesPage, servicePage } from './pages.views.ts';

/** What the service says of itself; the secretariat writes it in each language. */
export function pagesRoutes({ site, log, languages }: House): Router<State> {
  const router = new Router<State>();

  for (const name of PAGES)
    router.get(`/:language/${name}`, async (ctx) => {
      const { em, t, person, reader, language } = ctx.state;
      const shown = await readServicePage(em, name, [reader.language, language, 'en']);
      const mayWrite = await may(em, person, { act: pageActs.write });
      const body = servicePage({ name, shown, language: reader.language, mayWrite }, t);
      await site.send(ctx, { title: t(`site:pages.${name}`), body, unlisted: shown === null });
    });

  router.get('/:language/secretariat/pages', async (ctx) => {
    const { em, t, person } = ctx.state;
    await admit(em, person, { act: pageActs.write });
    const body = pagesPage(await languagesOfPages(em), t);
    await site.send(ctx, { title: t('site:pages.title'), body, unlisted: true });
  });

  router.get('/:language/secretariat/pages/:name', async (ctx) => {
    const { em, person, reader } = ctx.state;
    await admit(em, person, { act: pageActs.write });
    const language = knownOf(ctx, 'language', languages.all) ?? reader.language;
    const { body, version } = await readInLanguage(em, nameIn(ctx), language);
    await sendForm(ctx, language, { values: { body, version: String(version) }, errors: [] });
  });

  router.post('/:language/secretariat/pages/:name', async (ctx) => {
    const { em, language } = ctx.state;
    const person = personOf(ctx);
    await admit(em, person, { act: pageActs.write });
    const name = nameIn(ctx);
    const fields = fieldsOf(ctx.request.body);
    const work = async () => {
      const input = parse(pageInput, fields);
      if (!languages.all.includes(input.language))
        throw new InvalidInput([{ field: 'language', key: 'errors:language', params: {} }]);
      await writePage(em, person, { ...input, name });
      log.info({ person: person.id, page: name, language: input.language }, 'a service page was written');
      seeOther(ctx, `/${language}/${name}`);
    };
    const into = languages.all.find((code) => code === fields['language']) ?? language;
    const saved = async () => {
      const { body, version } = await readInLanguage(em, name, into);
      return { body, version: String(version) };
    };
    await keepingFields(ctx, {
      fields,
      first: 'body',
      work,
      saved,
      show: (form, status) => sendForm(ctx, into, form, status),
    });
  });

  return router;

  async function sendForm(ctx: Routed, language: string, form: FormState, status = 200): Promise<void> {
    const { t } = ctx.state;
    const name = nameIn(ctx);
    const title = titleWithErrors(t(`site:pages.${name}`), form, t);
    const body = pageForm({ name, language, languages: languages.all }, form, t);
    await site.send(ctx, { title, body, unlisted: true }, status);
  }
}

function nameIn(ctx: Routed): PageName {
  const name = PAGES.find((each) => each === paramOf(ctx, 'name'));
  if (!name) throw notFound();
  return name;
}
