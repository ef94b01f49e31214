import Router from '@koa/router';

import { fieldsOf } from '../../platform/http/body.ts';
import type { Routed, State } from '../../platform/http/context.ts';
import { parse } from '../../platform/input.ts';
import type { House } from '../../services/house/house.ts';
import { reasonInput } from '../../services/moderation/moderation.ts';
import { keepingFields } from '../../services/site/forms.ts';
import { emptyForm, titleWithErrors, type FormState } from '../../services/site/forms.views.ts';
import { paramOf, personOf, seeOther } from '../../services/site/requests.ts';
import { admit } from '../../services/subjects/gate.ts';
import { findSubject } from '../../services/subjects/subjects.ts';
import { chosenWords } from '../../services/texts/texts.views.ts';
import { cancelPage } from './cancel.views.ts';
import { eventActs } from './events.policy.ts';
import { cancelEvent, markOfficial } from './events.ts';
import { findEvent } from './events.reads.ts';

/** Call an event off, or mark it as official. */
export function eventsRoutes({ site, jobs, languages }: House): Router<State> {
  const router = new Router<State>();

  router.post('/:language/events/:id/official', async (ctx) => {
    const official = fieldsOf(ctx.request.body)['official'] === '1';
    await markOfficial(ctx.state.em, personOf(ctx), { id: paramOf(ctx, 'id'), official });
    seeOther(ctx, pageOf(ctx));
  });

  router.get('/:language/events/:id/cancel', async (ctx) => {
    const { em } = ctx.state;
    const person = personOf(ctx);
    const subject = await findSubject(em, paramOf(ctx, 'id'), person);
    await admit(em, person, { act: eventActs.cancel, subject });
    await sendCancel(ctx, emptyForm);
  });

  router.post('/:language/events/:id/cancel', async (ctx) => {
    const { em, person, language: interfaceLanguage } = ctx.state;
    const fields = fieldsOf(ctx.request.body);
    if (!person) return sendCancel(ctx, { values: fields, errors: [] }, 401);
    const work = async () => {
      const { reason } = parse(reasonInput, fields);
      await cancelEvent(em, { languages, jobs, person }, { id: paramOf(ctx, 'id'), reason, interfaceLanguage });
      seeOther(ctx, pageOf(ctx));
    };
    await keepingFields(ctx, { fields, first: 'reason', work, show: (form, status) => sendCancel(ctx, form, status) });
  });

  return router;

  async function sendCancel(ctx: Routed, form: FormState, status = 200): Promise<void> {
    const { t, em, reader } = ctx.state;
    const { id, text } = await findEvent(em, paramOf(ctx, 'id'), reader);
    const page = { id, title: chosenWords(text, 'translation'), signedOut: status === 401 };
    const title = titleWithErrors(t('events:cancelTitle'), form, t);
    await site.send(ctx, { title, body: cancelPage(page, form, t), unlisted: true, current: 'events' }, status);
  }
}

const pageOf = (ctx: Routed): string => `/${ctx.state.language}/events/${paramOf(ctx, 'id')}`;
