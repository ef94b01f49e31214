import { callerOf, endpoint, type Call, type Endpoint } from '../../platform/api/api.ts';
import { idOf } from '../../platform/api/requests.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { findEvent } from '../events/events.reads.ts';
import type { Languages } from '../../platform/languages.ts';
import { reportJson, showJson } from './report.json.ts';
import { publishReport, reportInput } from './reports.ts';
import { findReport, findReportOf, listIdeasOf } from './reports.reads.ts';

/** The one report of an event. */
export function reportsApi(platform: Platform, languages: Languages): Endpoint[] {
  const readerOf = ({ lang, person }: Call) => ({ languages, language: lang, person });

  async function answer(call: Call, id: string, status = 200) {
    const report = await findReport(call.em, id, readerOf(call));
    const ideas = await listIdeasOf(call.em, [report.eventId], readerOf(call));
    const body = showJson(report, ideas.get(report.eventId) ?? [], { lang: call.lang, platform });
    return { status, body };
  }

  return [
    endpoint({
      method: 'get',
      path: '/events/{id}/report',
      summary: 'The report of an event; 404 while there is none',
      answers: { 200: reportJson },
      errors: [404, 410],
      handle: async (call) => {
        const event = await findEvent(call.em, idOf(call), readerOf(call));
        const report = await findReportOf(call.em, event.id, readerOf(call));
        if (!report) throw notFound();
        return answer(call, report.id);
      },
    }),
    endpoint({
      method: 'put',
      path: '/events/{id}/report',
      summary: 'Publish the report of an event that is over, or replace it by its next version; for its organizer',
      body: reportInput,
      answers: { 200: reportJson, 201: reportJson },
      errors: [401, 404, 409, 410, 429],
      handle: async (call) => {
        const person = callerOf(call);
        const { interfaceLanguage } = person;
        const reporting = { eventId: idOf(call), input: call.body, interfaceLanguage };
        const { id, isNew } = await publishReport(call.em, { languages, person }, reporting);
        return answer(call, id, isNew ? 201 : 200);
      },
    }),
  ];
}
