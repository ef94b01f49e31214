import type { Context } from '../../platform/http/context.ts';
import { html } from '../../platform/html.ts';
import type {
  ContributionForm,
  ContributionKind,
  ContributionWords,
  PageParts,
  Told,
} from '../../services/contributions/contribution.ts';
import type { House } from '../../services/house/house.ts';
import { eventInput, type EventInput } from './event.input.ts';
import { eventJson, showJson } from './event.json.ts';
import { facts, staffActs } from './event.views.ts';
import { announceEvent, editEvent, eventKind } from './events.ts';
import { eventActs } from './events.policy.ts';
import { findEvent, type ShownEvent } from './events.reads.ts';
import { mayOf } from '../../services/subjects/gate.ts';
import { showWhen, statusTags } from './events.views.ts';
import { detailFields, SPOKEN } from './form.views.ts';
import { findRegistration } from '../registrations/registrations.ts';
import { seats } from '../registrations/registrations.views.ts';
import { clockOf, dayOf, foldOf, lastDayOf } from '../../platform/clocks.ts';

const WORDS: ContributionWords = {
  posted: 'events:posted',
  newTitle: 'events:newTitle',
  editTitle: 'events:editTitle',
  title: 'events:name',
  titleHint: 'events:nameOfHint',
  body: 'events:body',
  bodyHint: 'events:bodyHint',
  post: 'events:post',
  edit: 'events:edit',
  withdrawTitle: 'events:cancelTitle',
};

const TIMES = { title: 'events:aboutTimes', body: 'events:aboutTimesBody' } as const;

const formWith = (timeZone: string): ContributionForm => ({
  lead: (_space, t) => t('events:newLead'),
  fields: detailFields,
  aside: [TIMES, { title: 'contributions:formatting', body: 'contributions:formattingBody' }],
  choose: 'events:chooseTheme',
  begin: () => ({ timeZone }),
});

/** What pages and API of an event have beyond those of every contribution. */
export const events = ({ settings }: House): ContributionKind<ShownEvent, EventInput> => ({
  kind: eventKind,
  plural: 'events',
  words: WORDS,
  input: eventInput,
  rows: 8,
  find: findEvent,
  post: announceEvent,
  edit: editEvent,
  given,
  values,
  typed: (fields) => ({
    allDay: fields['allDay'] === '1',
    languages: Object.keys(fields).flatMap((name) => (name.startsWith(SPOKEN) ? [name.slice(SPOKEN.length)] : [])),
  }),
  parts,
  form: formWith(settings.timeZone),
  json: { schema: eventJson, show: showJson },
  acts: { post: eventActs.announce, edit: eventActs.edit },
});

async function parts({ state: { em, person, t } }: Context, told: Told<ShownEvent>): Promise<PageParts> {
  const { shown: event, subject } = told;
  const isCancelled = event.cancelledAt !== null;
  const { cancel, markOfficial } = eventActs;
  const may = await mayOf(em, person, { cancel, markOfficial }, { subject, kind: eventKind });
  const registration = person && (await findRegistration(em, event.id, person));
  const isClosed = isCancelled || event.state !== 'open';
  const is = isClosed ? 'closed' : event.isOver ? 'over' : 'open';
  return {
    crumbs: [{ path: '/events', words: t('events:title') }],
    tags: statusTags(event, t),
    lead: html`<p class="lead">${showWhen(event, t)}</p>`,
    before: html`<div class="section">${facts(event, t)}</div>
      ${seats({ ...event, is }, { person, registration }, t)}`,
    acts: staffActs(event, { ...may, cancel: may.cancel && !isCancelled && !event.isOver }, t),
    aside: [TIMES],
    bylineBelow: true,
    isFixed: isCancelled,
  };
}

/** As its organizer gave it. */
const given = ({ text: _text, startsAt, endsAt, ...details }: ShownEvent) => {
  const { allDay, timeZone } = details;
  return {
    ...details,
    startsAt: allDay ? dayOf(startsAt, timeZone) : startsAt.toISOString(),
    endsAt: allDay ? lastDayOf(endsAt, timeZone) : endsAt.toISOString(),
  };
};

/** The same in the fields of the form, on the clocks of the event. */
function values(event: ShownEvent): Record<string, string> {
  const { startsAt, endsAt, allDay, timeZone, mode, address, country, url, onlineUrlFor, capacity } = event;
  return {
    startsAt: allDay ? dayOf(startsAt, timeZone) : clockOf(startsAt, timeZone),
    endsAt: allDay ? lastDayOf(endsAt, timeZone) : clockOf(endsAt, timeZone),
    allDay: allDay ? '1' : '',
    startsFold: (!allDay && foldOf(startsAt, timeZone)) || '',
    endsFold: (!allDay && foldOf(endsAt, timeZone)) || '',
    ...{ timeZone, mode, address: address ?? '', country: country ?? '', onlineUrl: url ?? '', onlineUrlFor },
    capacity: capacity === null ? '' : String(capacity),
    ...Object.fromEntries(event.languages.map((code) => [SPOKEN + code, '1'])),
  };
}
