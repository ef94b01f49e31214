import Router from '@koa/router';

import { findEvent } from '../../kinds/events/events.reads.ts';
import { messageInput, writeToGuests } from '../../kinds/events/events.ts';
import { registrationActs } from '../../kinds/registrations/registrations.policy.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import type { Routed, State } from '../../platform/http/context.ts';
import { forbidden } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import type { House } from '../../services/house/house.ts';
import { listMessages } from '../../services/moderation/decisions.reads.ts';
import { keepingFields } from '../../services/site/forms.ts';
import { emptyForm, titleWithErrors, type FormState } from '../../services/site/forms.views.ts';
import { paramOf, personOf, queryOf, seeOther } from '../../services/site/requests.ts';
import { may } from '../../services/subjects/gate.ts';
import { findSubject } from '../../services/subjects/subjects.ts';
import { messagePage } from './message.views.ts';
import { listGuests } from './organize.reads.ts';

/** Organizers write to those who registered: the message, a question, and then the mails. */
export function messageRoutes({ site, jobs, languages }: House): Router<State> {
  const router = new Router<State>();
  const path = '/:language/organize/events/:id/message';

  router.get(path, (ctx) => send(ctx, emptyForm));

  router.post(path, async (ctx) => {
    const { em, language: interfaceLanguage } = ctx.state;
    const person = personOf(ctx);
    const fields = fieldsOf(ctx.request.body);
    const { action } = fields;
    const form = { values: fields, errors: [] };
    if (action === 'change') return send(ctx, form);
    const work = async () => {
      const { message } = parse(messageInput, fields);
      if (action !== 'send') return send(ctx, { ...form, values: { message } }, { confirms: true });
      await writeToGuests(em, { languages, jobs, person }, { id: paramOf(ctx, 'id'), message, interfaceLanguage });
      seeOther(ctx, `/${interfaceLanguage}/organize/events/${paramOf(ctx, 'id')}/message?sent=1`);
    };
    const show = (again: FormState, status: number) => send(ctx, again, { status });
    await keepingFields(ctx, { fields, first: 'message', work, show });
  });

  return router;

  async function send(ctx: Routed, form: FormState, { confirms = false, status = 200 } = {}): Promise<void> {
    const { em, reader, t } = ctx.state;
    const person = personOf(ctx);
    const subject = await findSubject(em, paramOf(ctx, 'id'), person);
    if (!(await may(em, person, { act: registrationActs.writeToGuests, subject }))) throw forbidden();
    const event = await findEvent(em, subject.id, reader);
    const confirming = confirms ? (await listGuests(em, event.id)).length : null;
    const messages = await listMessages(em, event.id, reader);
    const body = messagePage({ event, form, confirming, messages, sent: queryOf(ctx, 'sent') === '1' }, t);
    const title = titleWithErrors(t('organize:message'), form, t);
    await site.send(ctx, { title, body, unlisted: true, current: 'events' }, status);
  }
}
