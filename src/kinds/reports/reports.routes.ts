import Router from '@koa/router';

import type { House } from '../../services/house/house.ts';
import { isOrganizerOf } from '../events/events.ts';
import { findEvent, type ShownEvent } from '../events/events.reads.ts';
import type { Context, State } from '../../platform/http/context.ts';
import { listDecisions } from '../../services/moderation/decisions.reads.ts';
import { findSpace } from '../spaces/spaces.reads.ts';
import { findSubject, isModeratorOf } from '../../services/subjects/subjects.ts';
import { doubtOf } from '../../services/texts/doubt.ts';
import { excerpt } from '../../services/texts/markdown.ts';
import { wishable } from '../../services/texts/texts.reads.ts';
import { chosenWords } from '../../services/texts/texts.views.ts';
import { wishForReader } from '../../services/texts/translations.ts';
import { showingOf } from '../../services/texts/view.ts';
import { readNamed } from './reports.panels.ts';
import { findReport, type ShownReport } from './reports.reads.ts';
import { reportPage } from './reports.views.ts';

/** One report and what people say to it. */
export function reportsRoutes(house: House): Router<State> {
  const { settings, site, languages, kinds } = house;
  const router = new Router<State>();

  router.get('/:language/reports/:id', async (ctx) => {
    const { em, person, t, language, reader } = ctx.state;
    const report = await findReport(em, ctx.params['id'] ?? '', reader);
    const event = await findEvent(em, report.eventId, reader);
    if (person) await wishForReader(em, languages, language, wishable([report.text]));
    const showing = showingOf(ctx, settings);
    const named = await readNamed(ctx, event.id, house);
    const panels = await kinds.panelsOf(ctx, await findSubject(em, report.id, person));
    const page = {
      report,
      event,
      space: await findSpace(em, report.spaceSlug, reader),
      ideas: named.ideas,
      decisions: person ? await listDecisions(em, report.id, reader) : [],
      panels: panels.html,
      timeZone: settings.timeZone,
      languages: languages.all,
      may: mayOf(report, event, ctx),
      doubt: doubtOf(languages, report.text, language),
    };
    const title = chosenWords(report.text, showing).title || t('reports:title');
    await site.send(ctx, {
      title,
      description: excerpt(chosenWords(report.text, showing).body, 150),
      body: reportPage(page, showing),
      live: { rooms: [`subject:${event.id}`] },
      current: 'events',
      unlisted: report.state !== 'open',
      standsOn: [report.id, event.id, report.spaceId, ...named.standsOn, ...panels.standsOn],
    });
  });

  return router;
}

function mayOf(report: ShownReport, event: ShownEvent, { state: { person } }: Context) {
  const { spaceId, state, author } = report;
  const moderates = isModeratorOf(person, { spaceId });
  return {
    edit: state === 'open' && isOrganizerOf(person, { authorId: event.author?.id ?? null, spaceId }),
    own: state === 'open' && person !== null && author?.id === person.id,
    hide: moderates && state === 'open',
    restore: moderates && state === 'hidden',
  };
}
