import { randomUUID } from 'node:crypto';

import Router from '@koa/router';

import { paramOf, personOf, seeOther } from '../../services/site/requests.ts';
import type { Routed, Context, State } from '../../platform/http/context.ts';
import type { House } from '../../services/house/house.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import { forbidden } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import { keepingFields } from '../../services/site/forms.ts';
import { emptyForm, titleWithErrors, type FormState } from '../../services/site/forms.views.ts';
import { may } from '../../services/subjects/gate.ts';
import { findSubject } from '../../services/subjects/subjects.ts';
import { revise, withdraw } from '../../services/texts/contributions.ts';
import { wishable } from '../../services/texts/texts.reads.ts';
import { saidLanguage } from '../../services/texts/texts.views.ts';
import { wishForReader } from '../../services/texts/translations.ts';
import { showingOf } from '../../services/texts/view.ts';
import { commentInput, commentText, postComment } from './comments.ts';
import { commentActs } from './comments.policy.ts';
import { findComment, isAmongTheRest, PAGE_SIZE, positionOf, type ShownComment } from './comments.reads.ts';
import { commentPage, withdrawCommentPage } from './form.views.ts';

/** Comment, reply, change, withdraw; and the address of one comment, which leads to where it stands. */
export function commentsRoutes({ settings, site, languages, kinds }: House): Router<State> {
  const router = new Router<State>();

  router.post('/:language/subjects/:id/comments', async (ctx) => {
    const { em, person, language: interfaceLanguage } = ctx.state;
    const id = paramOf(ctx, 'id');
    const fields = fieldsOf(ctx.request.body);
    const form = { id, parent: fields['parent'] ?? null, edits: null };
    if (!person) return sendForm(ctx, form, { values: fields, errors: [] }, 401);
    await takeForm(ctx, form, fields, async () => {
      const input = parse(commentInput, { ...fields, language: fields['language'] || null });
      const key = { name: fields['key'] ?? randomUUID(), isForm: true };
      return postComment(em, { languages, kinds, person }, { id, input, interfaceLanguage, key });
    });
  });

  router.get('/:language/comments/:id', async (ctx) => {
    const comment = await findComment(ctx.state.em, paramOf(ctx, 'id'), ctx.state.reader);
    await toComment(ctx, comment);
  });

  router.get('/:language/comments/:id/reply', async (ctx) => {
    personOf(ctx);
    const { id, aboutId } = await findComment(ctx.state.em, paramOf(ctx, 'id'), ctx.state.reader);
    await sendForm(ctx, { id: aboutId, parent: id, edits: null }, emptyForm);
  });

  router.get('/:language/comments/:id/edit', async (ctx) => {
    const { id, aboutId, text, revision } = await ownComment(ctx);
    const values = { body: text.body, version: String(revision), language: saidLanguage(text) };
    await sendForm(ctx, { id: aboutId, parent: null, edits: id }, { values, errors: [] });
  });

  router.post('/:language/comments/:id/edit', async (ctx) => {
    const { em, language: interfaceLanguage } = ctx.state;
    const { id, aboutId } = await ownComment(ctx);
    const fields = fieldsOf(ctx.request.body);
    await takeForm(ctx, { id: aboutId, parent: null, edits: id }, fields, async () => {
      const { body, language } = parse(commentText, { ...fields, language: fields['language'] || null });
      await revise(
        em,
        { languages, person: personOf(ctx) },
        {
          id,
          version: Number(fields['version']),
          written: { title: null, body, language, interfaceLanguage },
          act: commentActs.edit,
        },
      );
      return id;
    });
  });

  router.get('/:language/comments/:id/withdraw', async (ctx) => {
    const comment = await ownComment(ctx);
    const { t } = ctx.state;
    await site.send(ctx, { title: t('comments:withdrawTitle'), body: withdrawCommentPage(comment, t), unlisted: true });
  });

  router.post('/:language/comments/:id/withdraw', async (ctx) => {
    const { em, language, person } = ctx.state;
    const { id, aboutId } = await ownComment(ctx);
    await withdraw(em, personOf(ctx), { id, act: commentActs.withdraw });
    const root = await findSubject(em, aboutId, person);
    seeOther(ctx, `/${language}${kinds.get(root.kind).path(root)}#comments`);
  });

  return router;

  /** `work` returns the id of the comment, to which it leads. */
  async function takeForm(
    ctx: Routed,
    form: CommentFormPlace,
    fields: Record<string, string>,
    work: () => Promise<string>,
  ): Promise<void> {
    const saved = async () => {
      const { text, revision } = await ownComment(ctx);
      return { body: text.body, version: String(revision) };
    };
    await keepingFields(ctx, {
      fields,
      first: 'body',
      work: async () => toComment(ctx, await findComment(ctx.state.em, await work(), ctx.state.reader), 303),
      ...(form.edits ? { saved } : {}),
      show: (again, status) => sendForm(ctx, form, again, status),
    });
  }

  async function sendForm(ctx: Routed, place: CommentFormPlace, form: FormState, status = 200): Promise<void> {
    const { em, t, person } = ctx.state;
    const root = await findSubject(em, place.id, person);
    const kind = kinds.get(root.kind);
    const answered = place.parent ? await findComment(em, place.parent, ctx.state.reader) : null;
    if (person && answered) await wishForReader(em, languages, ctx.state.reader, wishable([answered.text]));
    const page = {
      ...place,
      answered,
      alignments: kind.invites.includes('alignment'),
      back: `/${t.language}${kind.path(root)}`,
      signedOut: status === 401,
      languages: languages.all,
      timeZone: settings.timeZone,
    };
    const title = t(place.edits ? 'comments:editTitle' : place.parent ? 'comments:replyTitle' : 'comments:yourComment');
    await site.send(
      ctx,
      {
        title: titleWithErrors(title, form, t),
        body: commentPage(page, title, form, showingOf(ctx, settings)),
        unlisted: true,
      },
      status,
    );
  }

  async function toComment(ctx: Context, comment: ShownComment, status = 302): Promise<void> {
    const { em, language, person, reader } = ctx.state;
    const root = await findSubject(em, comment.aboutId, person);
    const page = Math.floor((await positionOf(em, comment, reader)) / PAGE_SIZE) + 1;
    const replies = (await isAmongTheRest(em, comment, reader)) ? `&replies=${comment.parentId}` : '';
    ctx.redirect(`/${language}${kinds.get(root.kind).path(root)}?commentPage=${page}${replies}#c-${comment.id}`);
    ctx.status = status;
  }

  async function ownComment(ctx: Routed): Promise<ShownComment> {
    const { em, reader } = ctx.state;
    const comment = await findComment(em, paramOf(ctx, 'id'), reader);
    const person = personOf(ctx);
    const subject = await findSubject(em, comment.id, person);
    if (!(await may(em, person, { act: commentActs.edit, subject }))) throw forbidden();
    return comment;
  }
}

/** Which form it is: on a subject, a reply to a comment, or a change of one. */
interface CommentFormPlace {
  id: string;
  parent: string | null;
  edits: string | null;
}
