import Router from '@koa/router';

import { seeOther, localPath, paramOf, personOf, queryOf } from '../site/requests.ts';
import type { Routed, State } from '../../platform/http/context.ts';
import type { House } from '../house/house.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import { InvalidInput, notFound } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import { emptyForm, titleWithErrors, type FormState } from '../site/forms.views.ts';
import { sayNext } from '../site/said.ts';
import type { SubjectRow } from '../house/kinds.ts';
import { admit } from '../subjects/gate.ts';
import { findSubject } from '../subjects/subjects.ts';
import { actOf, decide, reasonInput } from './moderation.ts';
import { findJudged } from './judged.reads.ts';
import { reasonPage } from './moderation.views.ts';

/** Hide and restore, on the page of any kind that may be hidden: `/ideas/<id>/hide`. */
export function moderationRoutes({ settings, jobs, log, site, languages, kinds }: House): Router<State> {
  const router = new Router<State>();

  for (const act of ['hide', 'restore']) {
    router.get(`/:language/:plural/:id/${act}`, async (ctx) => sendForm(ctx, await subjectOf(ctx), emptyForm));
    router.post(`/:language/:plural/:id/${act}`, judge);
  }

  return router;

  function sayDecided(ctx: Routed, subject: SubjectRow, type: 'hidden' | 'restored'): void {
    const what = { path: pageOf(ctx, subject), noun: kinds.get(subject.kind).noun };
    if (type === 'restored') return sayNext(ctx, { words: 'moderation:said.restored', what });
    const undo = `${what.path}/restore`;
    sayNext(ctx, { words: 'moderation:said.hidden', what, undo });
  }

  async function judge(ctx: Routed): Promise<void> {
    const { em, t, language: interfaceLanguage } = ctx.state;
    const fields = fieldsOf(ctx.request.body);
    // A person who was signed out while writing keeps the reason; strangers are not told what it is about.
    if (!ctx.state.person) return sendForm(ctx, null, { values: fields, errors: [] }, 401);
    const subject = await subjectOf(ctx);
    // Taken back with one press, a hiding has no reason but this.
    const isUndo = typeOf(ctx) === 'restored' && fields['undo'] === '1';
    try {
      const { reason } = isUndo ? { reason: t('moderation:hiddenByMistake') } : parse(reasonInput, fields);
      await decide(em, { languages, kinds, jobs }, personOf(ctx), {
        id: subject.id,
        type: typeOf(ctx),
        reason,
        interfaceLanguage,
        isUndo,
      });
      log.info({ person: personOf(ctx).id, subject: subject.id, type: typeOf(ctx) }, 'a moderator decided');
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return sendForm(ctx, subject, { values: fields, errors: error.fields }, 422);
    }
    sayDecided(ctx, subject, typeOf(ctx));
    seeOther(ctx, localPath(fields['to'], pageOf(ctx, subject)));
  }

  async function sendForm(ctx: Routed, subject: SubjectRow | null, form: FormState, status = 200): Promise<void> {
    const { t } = ctx.state;
    const type = typeOf(ctx);
    const page = {
      judged: subject ? await findJudged(ctx.state.em, subject.id, ctx.state.reader) : null,
      kinds: kinds.all(),
      timeZone: settings.timeZone,
      action: ctx.path,
      back: localPath(form.values['to'] ?? queryOf(ctx, 'to'), pageOf(ctx, subject)),
      signedOut: status === 401,
    };
    const heading = type === 'hidden' ? t('moderation:hideTitle') : t('moderation:restoreTitle');
    await site.send(
      ctx,
      { title: titleWithErrors(heading, form, t), body: reasonPage(type, page, form, t), unlisted: true },
      status,
    );
  }

  function pageOf({ state: { language } }: Routed, subject: SubjectRow | null): string {
    return `/${language}${subject ? kinds.get(subject.kind).path(subject) : ''}`;
  }

  async function subjectOf(ctx: Routed): Promise<SubjectRow> {
    const person = personOf(ctx);
    const subject = await findSubject(ctx.state.em, paramOf(ctx, 'id'), person);
    const kind = kinds.get(subject.kind);
    await admit(ctx.state.em, person, { act: actOf(typeOf(ctx)), subject, kind });
    if (!ctx.path.startsWith(`/${ctx.state.language}${kind.path(subject)}/`)) throw notFound();
    return subject;
  }
}

function typeOf(ctx: Routed): 'hidden' | 'restored' {
  return ctx.path.endsWith('/hide') ? 'hidden' : 'restored';
}
