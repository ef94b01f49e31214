import Router from '@koa/router';

import type { House } from '../house/house.ts';
import type { State } from '../../platform/http/context.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import { notFound } from '../../platform/http/errors.ts';
import { markLooked, unmarkLooked } from '../improving/looking.ts';
import { sayNext } from '../site/said.ts';
import { localPath, paramOf, personOf, queryOf, seeOther } from '../site/requests.ts';
import { isId } from '../subjects/subjects.ts';
import { wishable } from '../texts/texts.reads.ts';
import { wishForReader } from '../texts/translations.ts';
import { deskSpaces } from './desk-spaces.ts';
import { listImprovements } from './improvements.reads.ts';
import { improvementsPage } from './improvements.views.ts';

const PAGE_SIZE = 20;

/** Where moderators read what people translated, also into languages that they do not read. */
export function improvementsRoutes({ settings, site, languages, spacesIn }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/moderation/translations', async (ctx) => {
    const { em, t, reader } = ctx.state;
    const { spaceIds } = await deskSpaces(ctx, spacesIn);
    const before = queryOf(ctx, 'before') ?? null;
    if (before && !isId(before)) throw notFound();
    const found = await listImprovements(em, { spaceIds, before, limit: PAGE_SIZE + 1 }, reader);
    const items = found.slice(0, PAGE_SIZE);
    const texts = items.flatMap(({ original, words }) => [original, words]);
    // Moderators read everything: the limit of readers is not theirs.
    await wishForReader(em, languages, { ...reader, person: null }, wishable(texts));
    const older = found.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null;
    const page = { items, older, into: reader.language, timeZone: settings.timeZone };
    await site.send(ctx, { title: t('moderation:improvements'), body: improvementsPage(page, t), unlisted: true });
  });

  router.post('/:language/moderation/translations/:id/looked', async (ctx) => {
    const { em, language } = ctx.state;
    const fields = fieldsOf(ctx.request.body);
    const person = personOf(ctx);
    const id = paramOf(ctx, 'id');
    const desk = `/${language}/moderation/translations`;
    if (fields['undo'] === '1') await unmarkLooked(em, person, id);
    else {
      const more = (fields['texts'] ?? '').split(' ').filter(Boolean);
      await markLooked(em, person, [...new Set([id, ...more])].slice(0, PAGE_SIZE));
      const what = { path: desk, noun: 'moderation:improvements' } as const;
      sayNext(ctx, { words: 'moderation:said.looked', what, undo: `${desk}/${id}/looked` });
    }
    seeOther(ctx, localPath(fields['to'], desk));
  });

  return router;
}
