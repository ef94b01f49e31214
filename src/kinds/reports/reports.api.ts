import type { House } from '../../services/house/house.ts';
import { callerOf, endpoint, type Call, type Endpoint } from '../../platform/api/api.ts';
import { idOf } from '../../platform/api/requests.ts';
import { notFound } from '../../platform/http/errors.ts';
import { findEvent } from '../events/events.reads.ts';
import { reportJson, showJson } from './report.json.ts';
import { publishReport, reportInput } from './reports.ts';
import { findReport, findReportOf, listIdeasOf } from './reports.reads.ts';

/** The one report of an event. */
export function reportsApi(house: House): Endpoint[] {
  const { languages } = house;

  async function answer(call: Call, id: string, status = 200) {
    const report = await findReport(call.em, id, call.reader);
    const ideas = await listIdeasOf(call.em, [report.eventId], call.reader);
    const body = showJson(report, ideas.get(report.eventId) ?? [], { lang: call.lang, platform: house });
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
        const event = await findEvent(call.em, idOf(call), call.reader);
        const report = await findReportOf(call.em, event.id, call.reader);
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
      errors: [401, 404, 409, 410],
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
