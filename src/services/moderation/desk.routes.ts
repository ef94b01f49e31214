import Router from '@koa/router';
import { z } from 'zod';

import { sayNext } from '../site/said.ts';
import type { Parameter } from '../site/parameters.ts';
import { seeOther, localPath, personOf, queryOf } from '../site/requests.ts';
import type { House } from '../house/house.ts';
import { UNDETERMINED } from '#translation/languages.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import type { Context, State } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import { isId } from '../subjects/subjects.ts';
import { wishable, type ShownText } from '../texts/texts.reads.ts';
import { wishForReader } from '../texts/translations.ts';
import { deskSpaces } from './desk-spaces.ts';
import { countFlagged, listDesk, type DeskItem } from './desk.reads.ts';
import { deskPage, STATES, type Asked } from './desk.views.ts';
import type { NamedSpace } from '../house/spaces.ts';
import { dismissFlags } from './flags.ts';
import { countImprovements } from './improvements.reads.ts';

const PAGE_SIZE = 20;

/** As PostgreSQL knows them: it has no year nought, and no clocks that are sixteen hours away. */
const moment = z.iso
  .datetime({ offset: true, error: 'invalidField' })
  .regex(/^(?!0000).*(?:Z|[+-](?:0\d|1[0-5]):\d\d)$/, { error: 'invalidField' });
const settleInput = z.object({ until: moment });

/** Where moderators read everything that is written, and judge it. */
export function deskRoutes({ settings, site, languages, kinds, spacesIn }: House): Router<State> {
  const router = new Router<State>();
  const hideable = () => kinds.all().filter((kind) => kind.hideable);

  router.get('/:language/moderation', async (ctx) => {
    const { em, t, reader } = ctx.state;
    const { themes, spaceIds } = await deskSpaces(ctx, spacesIn);
    const asked = askedOf(ctx, themes);
    const found = await listDesk(
      em,
      {
        ...asked,
        kinds: asked.kind ? [asked.kind] : hideable().map(({ kind }) => kind),
        spaceIds: asked.theme ? themes.filter(({ slug }) => slug === asked.theme).map(({ id }) => id) : spaceIds,
      },
      { limit: PAGE_SIZE + 1, before: asked.before },
      reader,
    );
    const items = found.slice(0, PAGE_SIZE);
    // Moderators read everything: the limit of readers is not theirs.
    await wishForReader(em, languages, { ...reader, person: null }, wishable(textsOf(items)));
    const body = deskPage(
      {
        items,
        older: found.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null,
        flagged: await countFlagged(em, spaceIds),
        improvements: await countImprovements(em, spaceIds),
        asked,
        themes,
        kinds: hideable(),
        languages: languages.all,
        into: reader.language,
        timeZone: settings.timeZone,
      },
      t,
    );
    const rooms = themes.flatMap(({ slug }) => (!asked.theme || slug === asked.theme ? [`space:${slug}`] : []));
    await site.send(ctx, {
      title: t('moderation:desk'),
      body,
      unlisted: true,
      live: { rooms: [...rooms, 'moderation'] },
    });
  });

  router.post('/:language/moderation/:id/settle', async (ctx) => {
    const fields = fieldsOf(ctx.request.body);
    const person = personOf(ctx);
    const { until } = parse(settleInput, fields);
    const subject = await dismissFlags(ctx.state.em, person, { id: ctx.params['id'] ?? '', until });
    const kind = kinds.get(subject.kind);
    const what = { path: `/${ctx.state.language}${kind.path(subject)}`, noun: kind.noun };
    sayNext(ctx, { words: 'moderation:said.settled', what });
    seeOther(ctx, localPath(fields['to'], `/${ctx.state.language}/moderation`));
  });

  return router;

  /** What the address asks for; an unknown value counts as not given. */
  function askedOf(ctx: Context, themes: readonly NamedSpace[]): Asked {
    const known = <Value extends string>(name: Parameter, all: readonly Value[]) =>
      all.find((value) => value === queryOf(ctx, name)) ?? null;
    const before = queryOf(ctx, 'before') ?? null;
    if (before && !isId(before)) throw notFound();
    return {
      kind: known(
        'kind',
        hideable().map(({ kind }) => kind),
      ),
      theme: known(
        'theme',
        themes.map(({ slug }) => slug),
      ),
      language: known('language', [...languages.all, UNDETERMINED]),
      state: known('state', STATES),
      flagged: queryOf(ctx, 'flagged') === '1',
      before,
    };
  }
}

/** Everything that is read on the page. */
const textsOf = (items: readonly DeskItem[]): ShownText[] =>
  items.flatMap(({ text, answered, lastDecision }) =>
    [text, answered?.text, lastDecision?.text].filter((each) => each !== undefined),
  );
