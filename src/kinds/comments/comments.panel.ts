import type { House } from '../../services/house/house.ts';
import type { Context } from '../../platform/http/context.ts';
import { queryOf } from '../../services/site/requests.ts';
import type { Panel } from '../../services/house/kinds.ts';
import { wishable } from '../../services/texts/texts.reads.ts';
import { wishForReader } from '../../services/texts/translations.ts';
import { doubtOf } from '../../services/texts/doubt.ts';
import { showingOf } from '../../services/texts/view.ts';
import { listComments, listReplies, PAGE_SIZE, readTally, type Sort } from './comments.reads.ts';
import { commentsPanel } from './comments.views.ts';

/** Comments on the page of every kind that invites them: `?comments=oldest&commentPage=2`. */
export function createCommentsPanel({ settings, languages, kinds }: House): Panel {
  return {
    for: 'comment',
    async render(ctx, subject) {
      const { em, person, t, reader } = ctx.state;
      const sort = sortOf(ctx);
      const page = pageOf(ctx);
      const comments = await listComments(
        em,
        subject.id,
        { sort, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
        reader,
      );
      const replies = await listReplies(
        em,
        comments.map((comment) => comment.id),
        reader,
      );
      if (person)
        await wishForReader(em, languages, t.language, wishable([...comments, ...replies].map(({ text }) => text)));
      const own = person
        ? [...comments, ...replies].filter(({ author, state }) => author?.id === person.id && state === 'open')
        : [];
      const shown = commentsPanel(
        {
          rootId: subject.id,
          comments,
          replies,
          tally: await readTally(em, subject.id),
          sort,
          page,
          pageSize: PAGE_SIZE,
          alignments: kinds.get(subject.kind).invites.includes('alignment'),
          closed: subject.closed,
          person,
          timeZone: settings.timeZone,
          languages: languages.all,
          doubts: new Map(own.map(({ id, text }) => [id, doubtOf(languages, text, t.language)])),
        },
        showingOf(ctx, settings),
      );
      return { html: shown, standsOn: [] };
    },
  };
}

function sortOf(ctx: Context): Sort {
  return queryOf(ctx, 'comments') === 'oldest' ? 'oldest' : 'newest';
}

function pageOf(ctx: Context): number {
  const page = queryOf(ctx, 'commentPage') ?? '1';
  return /^\d{1,4}$/.test(page) ? Math.max(1, Number(page)) : 1;
}
