import { z } from 'zod';

import { isSpoken } from '#translation/languages.ts';
import { optionalText, writtenText } from '../../platform/input.ts';
import { instantOf, isTimeZone, type Fold } from '../../platform/clocks.ts';

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
const link = z.url({ protocol: /^https?$/, error: 'url' }).max(URL_CHARACTERS, { error: 'url' });
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

/** The same with its times as instants. */
export const eventInput = eventFields
  .transform(({ startsFold, endsFold, onlineUrl, url, ...input }, ctx) => {
    const fault = (field: 'startsAt' | 'endsAt', message: string): typeof z.NEVER => {
      ctx.addIssue({ code: 'custom', path: [field], message, input });
      return z.NEVER;
    };
    const startsAt = instantOf(input.startsAt, input.timeZone, startsFold);
    const endsAt = instantOf(input.endsAt, input.timeZone, endsFold);
    if (typeof startsAt === 'string') return fault('startsAt', startsAt);
    if (typeof endsAt === 'string') return fault('endsAt', endsAt);
    if (endsAt <= startsAt) return fault('endsAt', 'endBeforeStart');
    if (endsAt.getTime() - startsAt.getTime() > DAYS * 86_400_000) return fault('endsAt', 'badTime');
    return { ...input, url: onlineUrl === undefined ? url : onlineUrl, startsAt, endsAt };
  })
  .meta({ id: 'EventInput' });

export type EventInput = z.output<typeof eventInput>;
