import type { House } from '../../services/house/house.ts';
import type { Em } from '../../platform/db/database.ts';
import type { Context } from '../../platform/http/context.ts';
import type { Person } from '../../platform/person.ts';
import { queryOf } from '../../services/site/requests.ts';
import type { Panel } from '../../services/house/kinds.ts';
import { moderationActs } from '../../services/moderation/moderation.policy.ts';
import { mayOf } from '../../services/subjects/gate.ts';
import { standingOf } from '../../services/texts/contributions.reads.ts';
import { wishable } from '../../services/texts/texts.reads.ts';
import { wishForReader } from '../../services/texts/translations.ts';
import { doubtOf } from '../../services/texts/doubt.ts';
import { showingOf } from '../../services/texts/view.ts';
import { commentKind } from './comments.ts';
import { commentActs } from './comments.policy.ts';
import { listComments, listReplies, PAGE_SIZE, readTally, type ShownComment, type Sort } from './comments.reads.ts';
import { commentsPanel, type CommentActs } from './comments.views.ts';

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
        queryOf(ctx, 'replies'),
      );
      const all = [...comments, ...replies.shown];
      if (person) await wishForReader(em, languages, reader, wishable(all.map(({ text }) => text)));
      const own = all.filter(({ author }) => person && author?.id === person.id);
      const shown = commentsPanel(
        {
          rootId: subject.id,
          comments,
          replies,
          tally: await readTally(em, subject.id, reader),
          sort,
          page,
          pageSize: PAGE_SIZE,
          alignments: kinds.get(subject.kind).invites.includes('alignment'),
          closed: subject.closed,
          isSignedIn: person !== null,
          may: await actsOn(em, person, subject.closed ? [] : all),
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

/** What this person may do with each of these comments, by id. */
async function actsOn(
  em: Em,
  person: Person | null,
  comments: readonly ShownComment[],
): Promise<Map<string, CommentActs>> {
  const { reply, edit, withdraw } = commentActs;
  const acts = { reply, edit, withdraw, hide: moderationActs.hide };
  const all: [string, CommentActs][] = [];
  for (const comment of comments)
    all.push([comment.id, await mayOf(em, person, acts, { subject: standingOf(comment), kind: commentKind })]);
  return new Map(all);
}

function sortOf(ctx: Context): Sort {
  return queryOf(ctx, 'comments') === 'oldest' ? 'oldest' : 'newest';
}

function pageOf(ctx: Context): number {
  const page = queryOf(ctx, 'commentPage') ?? '1';
  return /^\d{1,4}$/.test(page) ? Math.max(1, Number(page)) : 1;
}
