import { strict as assert } from 'node:assert';

import { z } from 'zod';

import { isSpoken } from '#translation/languages.ts';
import { optionalText, writtenText } from '../../platform/input.ts';
import { daysOf, instantOf, isTimeZone, type Fold } from '../../platform/clocks.ts';

export const TITLE_CHARACTERS = 150;
export const BODY_CHARACTERS = 5_000;
export const ADDRESS_CHARACTERS = 200;
const URL_CHARACTERS = 500;
const SPOKEN = 30;
const CAPACITY = 1_000_000;
/** Longer is a programme of several events. */
const DAYS = 366;

export const MODES = ['in-person', 'online', 'hybrid'] as const;
export type Mode = (typeof MODES)[number];

/** Who sees the link to an online event; its organizer always does. */
export const LINK_FOR = ['everyone', 'signed-in', 'registered'] as const;
export type LinkFor = (typeof LINK_FOR)[number];

/** Which events a list has. */
export const WHEN = ['upcoming', 'past', 'all'] as const;

const FOLDS = ['first', 'second'] as const satisfies readonly Fold[];
const countries = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** A form sends an empty field for what was left out. */
const emptyAsNull = (value: unknown) => (value === undefined || value === '' ? null : value);
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(emptyAsNull, schema.nullable());
/** What no address has in it, though browsers read such a one: NUL, half an emoji, and what turns its surroundings round. */
const NEVER_IN_A_LINK = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;
const link = z
  .url({ protocol: /^https?$/, error: 'url' })
  .max(URL_CHARACTERS, { error: 'url' })
  .refine((address) => !NEVER_IN_A_LINK.test(address), { error: 'url' });
const time = z.string({ error: 'badTime' }).max(40, { error: 'badTime' });

/** What an organizer gives for an event, as it comes from the form or the API. */
const eventFields = z.object({
  title: writtenText({ max: TITLE_CHARACTERS, required: 'titleRequired' }).meta({ description: 'What it is called' }),
  body: writtenText({ max: BODY_CHARACTERS, required: 'descriptionRequired', multiline: true }).meta({
    description: 'What will be done there: Markdown without HTML',
  }),
  language: z
    .string({ error: 'language' })
    .max(10, { error: 'language' })
    .nullish()
    .meta({ description: 'What the organizer says it is written in; otherwise it is detected' }),
  startsAt: time.meta({ description: 'ISO 8601: with an offset an instant, without one the clocks of `timeZone`' }),
  endsAt: time.meta({ description: 'The same for the end' }),
  allDay: z.boolean({ error: 'invalidField' }).default(false).meta({
    description:
      'Whole days on the clocks of `timeZone`: of both times only the day counts, `2031-10-04` is enough, the end is the last day',
  }),
  timeZone: z
    .string({ error: 'timeZone' })
    .refine(isTimeZone, { error: 'timeZone' })
    .meta({ description: 'Name in the IANA database: `Europe/Rome`' }),
  startsFold: optional(z.enum(FOLDS, { error: 'invalidField' })).meta({
    description: 'Which one is meant when the clock shows the time of the beginning twice',
  }),
  endsFold: optional(z.enum(FOLDS, { error: 'invalidField' })).meta({ description: 'The same for the end' }),
  mode: z.enum(MODES, { error: 'invalidField' }).meta({ description: 'Where people meet' }),
  country: optional(
    z.string().refine((code) => /^[A-Z]{2}$/.test(code) && Boolean(countries.of(code)), { error: 'country' }),
  ).meta({ description: 'ISO 3166-1, two letters' }),
  address: optionalText(ADDRESS_CHARACTERS).meta({ description: 'Where it is met in person' }),
  latitude: optional(z.number().min(-90).max(90)).meta({ description: 'In degrees, WGS 84' }),
  longitude: optional(z.number().min(-180).max(180)).meta({ description: 'In degrees, WGS 84' }),
  onlineUrl: z
    .preprocess((value) => (value === '' ? null : value), link.nullish())
    .meta({ description: 'Where it is met online' }),
  url: optional(link).meta({ description: 'The same by its old name; `onlineUrl` is taken where both are given' }),
  onlineUrlFor: z
    .enum(LINK_FOR, { error: 'invalidField' })
    .default('everyone')
    .meta({ description: 'Who sees that link: everybody, who is signed in, or who has a seat' }),
  languages: z
    .array(z.string().refine(isSpoken, { error: 'language' }))
    .max(SPOKEN, { error: 'language' })
    .default([])
    .meta({ description: 'Languages spoken there' }),
  capacity: optional(
    z.coerce
      .number({ error: 'capacity' })
      .int({ error: 'capacity' })
      .min(1, { error: 'capacity' })
      .max(CAPACITY, { error: 'capacity' }),
  ).meta({ description: 'Seats; without a number everybody has one' }),
});

/** In the order of the form. */
const ORDER = Object.keys(eventFields.shape);

/** The same with its times as instants. What fields say together is asked also when one is wrong alone: people hear of everything at once. */
export const eventInput = eventFields
  .superRefine(
    (draft: Draft, ctx) => {
      for (const [field, message] of faultsOf(draft))
        ctx.addIssue({ code: 'custom', path: [field], message, input: draft });
      const placeOf = (path?: readonly PropertyKey[]) => ORDER.indexOf(String(path?.[0]));
      ctx.issues.sort((a, b) => placeOf(a.path) - placeOf(b.path));
    },
    { when: () => true },
  )
  .transform(({ startsFold, endsFold, onlineUrl, url, ...input }) => {
    const { from: startsAt, until: endsAt } = spanOf({ ...input, startsFold, endsFold });
    assert(typeof startsAt !== 'string' && typeof endsAt !== 'string', 'times were not checked');
    return { ...input, url: onlineUrl === undefined ? url : onlineUrl, startsAt, endsAt };
  })
  .meta({ id: 'EventInput' });

export type EventInput = z.output<typeof eventInput>;

/** Some of it may be missing, or be wrong. */
type Draft = Partial<z.output<typeof eventFields>>;
type Fault = readonly [field: keyof Draft, message: string];

const faultsOf = (draft: Draft): Fault[] => [...timeFaults(draft), ...whereFaults(draft)];

type Times = Pick<
  z.output<typeof eventFields>,
  'startsAt' | 'endsAt' | 'allDay' | 'timeZone' | 'startsFold' | 'endsFold'
>;

/** From when until when: two moments, or the midnights around whole days. */
function spanOf({ startsAt, endsAt, allDay, timeZone, startsFold, endsFold }: Times) {
  if (allDay) return daysOf(startsAt, endsAt, timeZone);
  return { from: instantOf(startsAt, timeZone, startsFold), until: instantOf(endsAt, timeZone, endsFold) };
}

function timeFaults({
  startsAt,
  endsAt,
  timeZone,
  allDay = false,
  startsFold = null,
  endsFold = null,
}: Draft): Fault[] {
  if (startsAt === undefined || endsAt === undefined) return [];
  // Without a zone nobody can say more of a time than whether it is one.
  const zone = timeZone !== undefined && isTimeZone(timeZone) ? timeZone : 'UTC';
  const { from, until } = spanOf({ startsAt, endsAt, allDay, timeZone: zone, startsFold, endsFold });
  const faults: Fault[] = [];
  if (typeof from === 'string') faults.push(['startsAt', from]);
  if (typeof until === 'string') faults.push(['endsAt', until]);
  if (typeof from === 'string' || typeof until === 'string') return faults;
  if (until <= from) return [['endsAt', 'endBeforeStart']];
  return until.getTime() - from.getTime() > DAYS * 86_400_000 ? [['endsAt', 'eventTooLong']] : [];
}

/** Where people meet in a room there is a place, and where they meet online alone a link; that of a meeting which is both may follow. */
function whereFaults({ mode, address, latitude, longitude, onlineUrl, url }: Draft): Fault[] {
  const hasPlace = Boolean(address) || (typeof latitude === 'number' && typeof longitude === 'number');
  const online = onlineUrl === undefined ? url : onlineUrl;
  if ((mode === 'in-person' || mode === 'hybrid') && !hasPlace) return [['address', 'addressRequired']];
  return mode === 'online' && !online ? [['onlineUrl', 'linkRequired']] : [];
}
