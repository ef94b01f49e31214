import Router from '@koa/router';

import { seeOther, personOf } from '../../services/site/requests.ts';
import type { Context, Routed, State } from '../../platform/http/context.ts';
import type { House } from '../../services/house/house.ts';
import { findHeldEvent } from '../events/events.ts';
import { findEvent } from '../events/events.reads.ts';
import { searchIdeas } from '../ideas/ideas.index.ts';
import { listIdeas } from '../ideas/ideas.reads.ts';
import { fieldsOf, listOf } from '../../platform/http/body.ts';
import { parse } from '../../platform/input.ts';
import { keepingFields } from '../../services/site/forms.ts';
import { titleWithErrors, type FormState } from '../../services/site/forms.views.ts';
import { isId } from '../../services/subjects/subjects.ts';
import { chosenWords, saidLanguage } from '../../services/texts/texts.views.ts';
import { reportForm } from './form.views.ts';
import { NEW_IDEAS, publishReport, reportInput, type ReportInput } from './reports.ts';
import { findReportOf, listIdeasOf } from './reports.reads.ts';

/** More boxes than a report may have ideas are not shown again. */
const BOXES = 100;

/** Write the report of an event, or change it; search for the ideas it names. */
export function reportFormRoutes({ site, languages }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/events/:id/report', async (ctx) => {
    const { em } = ctx.state;
    const event = await findHeldEvent(em, ctx.params['id'] ?? '', personOf(ctx));
    const ideas = await listIdeasOf(em, [event.id], ctx.state.reader);
    const values = await savedValues(ctx, event.id);
    await sendForm(ctx, { values, errors: [] }, { ideas: ideas.get(event.id)?.map(({ id }) => id) ?? [] });
  });

  router.post('/:language/events/:id/report', async (ctx) => {
    const { em, person, language: interfaceLanguage } = ctx.state;
    const { action, ...typed } = fieldsOf(ctx.request.body);
    const fields = withNewIdeasFirst(typed);
    const ideas = listOf(ctx.request.body, 'ideas');
    const form = { values: fields, errors: [] };
    if (!person) return sendForm(ctx, form, { ideas, status: 401 });
    const eventId = ctx.params['id'] ?? '';
    if (action === 'search') {
      await findHeldEvent(em, eventId, person);
      return sendForm(ctx, form, { ideas, search: fields['search'] ?? '' });
    }
    const work = async () => {
      const input = inputOf(fields, ideas);
      const reporting = { eventId, input, interfaceLanguage, version: Number(fields['version']) };
      await publishReport(em, { languages, person }, reporting);
      seeOther(ctx, `/${interfaceLanguage}/events/${eventId}#report`);
    };
    const show = (again: FormState, status: number) => {
      const errors = again.errors.map((each) => ({ ...each, field: each.field.replaceAll('.', '-') }));
      return sendForm(ctx, { ...again, errors }, { ideas, status });
    };
    await keepingFields(ctx, { fields, first: 'body', work, saved: () => savedValues(ctx, eventId), show });
  });

  return router;

  async function savedValues({ state: { em, reader } }: Context, eventId: string): Promise<Record<string, string>> {
    const report = await findReportOf(em, eventId, reader);
    const { text } = report ?? {};
    return {
      title: text?.title ?? '',
      body: text?.body ?? '',
      language: text ? saidLanguage(text) : '',
      attendees: report ? String(report.attendees) : '',
      version: String(report?.revision ?? 0),
    };
  }

  /** `search` shows what it finds; `ideas` are those that are ticked. */
  async function sendForm(
    ctx: Routed,
    form: FormState,
    { ideas, search, status = 200 }: { ideas: readonly string[]; search?: string; status?: number },
  ): Promise<void> {
    const { em, t } = ctx.state;
    const reader = ctx.state.reader;
    const event = await findEvent(em, ctx.params['id'] ?? '', reader);
    const found = search === undefined ? null : await searchIdeas(em, search, reader);
    const edits = Number(form.values['version']) > 0;
    const page = {
      event: { id: event.id, ...chosenWords(event.text, 'translation') },
      edits,
      languages: languages.all,
      form,
      chosen: await listIdeas(em, { ids: ideas.filter(isId) }, { limit: BOXES }, reader),
      found,
      signedOut: status === 401,
    };
    const heading = titleWithErrors(t(edits ? 'reports:editTitle' : 'reports:newTitle'), form, t);
    await site.send(ctx, { title: heading, body: reportForm(page, t), unlisted: true, current: 'events' }, status);
  }
}

/** Without dots, which would make objects of them. */
const nameOf = (index: number, part: 'title' | 'body'): string => `newIdeas-${index}-${part}`;

/** The new ideas that are written, moved to the first places: then an error names the field it is about. */
function withNewIdeasFirst(fields: Record<string, string>): Record<string, string> {
  const places = Array.from({ length: NEW_IDEAS }, (_, index) => index);
  const words = places.map((index) => [fields[nameOf(index, 'title')] ?? '', fields[nameOf(index, 'body')] ?? '']);
  const written = words.filter((each) => each.some((part) => part.trim() !== ''));
  const moved = places.flatMap((index) => {
    const [title = '', body = ''] = written[index] ?? [];
    return [
      [nameOf(index, 'title'), title],
      [nameOf(index, 'body'), body],
    ];
  });
  return { ...fields, ...Object.fromEntries(moved) };
}

/** Throws 422 with what is wrong in which field. */
function inputOf(fields: Record<string, string>, ideas: readonly string[]): ReportInput {
  const newIdeas = Array.from({ length: NEW_IDEAS }, (_, index) => ({
    title: fields[nameOf(index, 'title')] ?? '',
    body: fields[nameOf(index, 'body')] ?? '',
  })).filter(({ title, body }) => title !== '' || body !== '');
  const attendees = /^\s*\d{1,9}\s*$/.test(fields['attendees'] ?? '') ? Number(fields['attendees']) : null;
  return parse(reportInput, { ...fields, language: fields['language'] || null, attendees, ideas, newIdeas });
}
