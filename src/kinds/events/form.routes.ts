import Router from '@koa/router';

import { seeOther, personOf } from '../../services/site/requests.ts';
import type { Routed, Context, State } from '../../platform/http/context.ts';
import type { House } from '../../services/house/house.ts';
import { fieldsOf } from '../../platform/http/body.ts';
import { forbidden } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import { reasonInput } from '../../services/moderation/moderation.ts';
import { keepingFields } from '../../services/site/forms.ts';
import { emptyForm, titleWithErrors, type FormState } from '../../services/site/forms.views.ts';
import { findSpace } from '../spaces/spaces.reads.ts';
import { saidLanguage } from '../../services/texts/texts.views.ts';
import { eventInput, type EventInput } from './event.input.ts';
import { announceEvent, cancelEvent, editEvent, mayAnnounce } from './events.ts';
import { findEvent, type ShownEvent } from './events.reads.ts';
import { cancelPage, eventForm } from './form.views.ts';
import { clockOf, foldOf } from './times.ts';

/** Announce an event, change it, cancel it. */
export function eventFormRoutes({ settings, jobs, site, languages, spacesIn }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/events/new', async (ctx) => {
    personOf(ctx);
    await sendForm(ctx, { ...emptyForm, values: { timeZone: settings.timeZone } }, null);
  });

  router.post('/:language/events/new', async (ctx) => {
    const { em, person, language: interfaceLanguage } = ctx.state;
    const fields = fieldsOf(ctx.request.body);
    if (!person) return sendForm(ctx, { values: fields, errors: [] }, null, 401);
    await keeping(ctx, fields, null, async () => {
      const space = await findSpace(em, fields['space'] ?? '', ctx.state.reader);
      const announcement = { space, input: inputOf(fields), interfaceLanguage, key: fields['key'] };
      const id = await announceEvent(em, { languages, jobs, person }, announcement);
      see(ctx, `/events/${id}?posted=1`);
    });
  });

  router.get('/:language/events/:id/edit', async (ctx) => {
    const event = await ownEvent(ctx);
    await sendForm(ctx, { values: valuesOf(event), errors: [] }, event.id);
  });

  router.post('/:language/events/:id/edit', async (ctx) => {
    const { em, person, language: interfaceLanguage } = ctx.state;
    const id = ctx.params['id'] ?? '';
    const fields = fieldsOf(ctx.request.body);
    if (!person) return sendForm(ctx, { values: fields, errors: [] }, id, 401);
    await keeping(ctx, fields, id, async () => {
      const { latitude, longitude } = await ownEvent(ctx);
      const input = { ...inputOf(fields), latitude, longitude };
      await editEvent(
        em,
        { languages, jobs, person },
        { id, version: Number(fields['version']), input, interfaceLanguage },
      );
      see(ctx, `/events/${id}`);
    });
  });

  router.get('/:language/events/:id/cancel', async (ctx) => {
    personOf(ctx);
    await sendCancel(ctx, emptyForm);
  });

  router.post('/:language/events/:id/cancel', async (ctx) => {
    const { em, person, language: interfaceLanguage } = ctx.state;
    const id = ctx.params['id'] ?? '';
    const fields = fieldsOf(ctx.request.body);
    if (!person) return sendCancel(ctx, { values: fields, errors: [] }, 401);
    const show = (form: FormState, status: number) => sendCancel(ctx, form, status);
    const work = async () => {
      const { reason } = parse(reasonInput, fields);
      await cancelEvent(em, { languages, jobs, person }, { id, reason, interfaceLanguage });
      see(ctx, `/events/${id}`);
    };
    await keepingFields(ctx, { fields, first: 'reason', work, show });
  });

  return router;

  async function sendForm(ctx: Routed, form: FormState, id: string | null, status = 200): Promise<void> {
    const { t, person, language } = ctx.state;
    const spaces = (await spacesIn(language)).filter((space) => status === 401 || mayAnnounce(person, space.id));
    if (spaces.length === 0) throw forbidden();
    const title = titleWithErrors(id ? t('events:editTitle') : t('events:newTitle'), form, t);
    const body = eventForm({ spaces, id, languages: languages.all, form, signedOut: status === 401 }, t);
    await site.send(ctx, { title, body, unlisted: true, current: 'events' }, status);
  }

  async function sendCancel(ctx: Routed, form: FormState, status = 200): Promise<void> {
    const { t, em } = ctx.state;
    const { id, text } = await findEvent(em, ctx.params['id'] ?? '', ctx.state.reader);
    const page = { id, title: text.translation?.title ?? text.title ?? '', signedOut: status === 401 };
    const title = titleWithErrors(t('events:cancelTitle'), form, t);
    await site.send(ctx, { title, body: cancelPage(page, form, t), unlisted: true, current: 'events' }, status);
  }

  /** What is posted or saved, or the form again with what is wrong. */
  function keeping(ctx: Routed, fields: Record<string, string>, id: string | null, work: () => Promise<void>) {
    return keepingFields(ctx, {
      fields,
      first: 'title',
      work,
      show: (form, status) => sendForm(ctx, form, id, status),
    });
  }

  async function ownEvent(ctx: Routed): Promise<ShownEvent> {
    const event = await findEvent(ctx.state.em, ctx.params['id'] ?? '', ctx.state.reader);
    if (event.author?.id !== personOf(ctx).id || event.state !== 'open') throw forbidden();
    return event;
  }

  function see(ctx: Context, path: string): void {
    seeOther(ctx, `/${ctx.state.language}${path}`);
  }
}

const SPOKEN = 'spoken-';

/** Throws 422 with what is wrong in which field. */
function inputOf(fields: Record<string, string>): EventInput {
  const languages = Object.keys(fields).flatMap((name) => (name.startsWith(SPOKEN) ? [name.slice(SPOKEN.length)] : []));
  return parse(eventInput, { ...fields, languages, language: fields['language'] || null });
}

function valuesOf(event: ShownEvent): Record<string, string> {
  const { text, startsAt, endsAt, timeZone, mode, address, country, url, capacity } = event;
  return {
    title: text.title ?? '',
    body: text.body,
    version: String(text.version),
    language: saidLanguage(text),
    startsAt: clockOf(startsAt, timeZone),
    endsAt: clockOf(endsAt, timeZone),
    startsFold: foldOf(startsAt, timeZone) ?? '',
    endsFold: foldOf(endsAt, timeZone) ?? '',
    ...{ timeZone, mode, address: address ?? '', country: country ?? '', url: url ?? '' },
    capacity: capacity === null ? '' : String(capacity),
    ...Object.fromEntries(event.languages.map((code) => [SPOKEN + code, '1'])),
  };
}
