import { html } from '../../platform/html.ts';
import { sentence } from '../../platform/i18n.ts';
import type { PagedKind } from '../../services/contributions/contribution.ts';
import type { House } from '../../services/house/house.ts';
import { langAttributes } from '../../services/site/languages.ts';
import { chosenWords, keepView, sayName, showName } from '../../services/texts/texts.views.ts';
import { findEvent } from '../events/events.reads.ts';
import { readNamed } from './reports.panels.ts';
import { reportActs } from './reports.policy.ts';
import { findReport, type ShownReport } from './reports.reads.ts';
import { reportKind } from './reports.ts';
import { attended, namedIdeas } from './reports.views.ts';

/** What the page of a report has beyond that of every contribution. It is written on the page of its event. */
export const reports = (house: House): PagedKind<ShownReport> => ({
  kind: reportKind,
  plural: 'reports',
  current: 'events',
  words: { edit: 'reports:edit' },
  find: findReport,
  async parts(ctx, { shown: report, showing }) {
    const { em, reader, t } = ctx.state;
    const event = await findEvent(em, report.eventId, reader);
    const ideas = await readNamed(ctx, event.id, house);
    const about = chosenWords(event.text, showing);
    const href = keepView(`/${t.language}/events/${event.id}`, showing);
    const named = (place: { href?: string; isBrief?: boolean }) =>
      html`<span ${langAttributes(about.language)}>${showName(about, t, place)}</span>`;
    const ofEvent = sentence(t, 'reports:of', { event: named({ href }) });
    return {
      crumbs: [
        { path: '/events', words: t('events:title') },
        { path: `/events/${event.id}`, words: named({ isBrief: true }) },
      ],
      tags: html`<li class="tag">${t('reports:title')}</li>`,
      ...(report.text.title ? { lead: html`<p class="lead">${ofEvent}</p>` } : {}),
      title: { words: t('reports:of', { event: sayName(about, t) }), heading: ofEvent },
      before: html`<div class="section">${attended(report, t)}</div>`,
      below: namedIdeas(ideas.ideas, showing, house.settings.timeZone),
      aside: [{ title: 'contributions:aboutTexts', body: 'contributions:aboutTextsBody' }],
      editHref: `/${t.language}/events/${event.id}/report`,
      standsOn: [event.id, ...ideas.standsOn],
    };
  },
  acts: { edit: reportActs.edit },
});
