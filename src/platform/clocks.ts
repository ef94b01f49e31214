/** A wall clock without a zone: `2026-11-28T18:00`. */
const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;
const YEARS = { from: 2000, until: 2100 };

/** Which of two equal times on the night when clocks go back. */
export type Fold = 'first' | 'second';

export type TimeFault = 'badTime' | 'timeSkipped' | 'timeTwice';

/**
 * The instant that is meant: with an offset as it says, without one on the clocks of `timeZone`. A time that clocks skip in spring, or show
 * twice in autumn while `fold` does not say which, is a fault and never a guess.
 */
export function instantOf(value: string, timeZone: string, fold: Fold | null): Date | TimeFault {
  try {
    const instant = LOCAL.test(value) ? onClock(value, timeZone, fold) : Temporal.Instant.from(value);
    if (typeof instant === 'string') return instant;
    const { year } = instant.toZonedDateTimeISO('UTC');
    return year >= YEARS.from && year < YEARS.until ? new Date(instant.epochMilliseconds) : 'badTime';
  } catch {
    return 'badTime';
  }
}

/** A day without a time: `2026-11-28`. */
const DAY = /^\d{4}-\d\d-\d\d$/;

/**
 * Whole days on the clocks of `timeZone`: given as days, the last one among them, or as moments, of which midnight at the end closes the
 * day before it.
 */
export function daysOf(
  from: string,
  until: string,
  timeZone: string,
): { from: Date | TimeFault; until: Date | TimeFault } {
  const first = dayMeant(from, timeZone);
  const last = dayMeant(until, timeZone);
  if (first === null || last === null)
    return { from: first ? new Date(0) : 'badTime', until: last ? new Date(0) : 'badTime' };
  const isClosing = last.isMidnight && Temporal.PlainDate.compare(last.day, first.day) > 0;
  const midnight = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
  return { from: midnight(first.day), until: midnight(isClosing ? last.day : last.day.add({ days: 1 })) };
}

function dayMeant(value: string, timeZone: string): { day: Temporal.PlainDate; isMidnight: boolean } | null {
  try {
    if (DAY.test(value)) return inReach({ day: Temporal.PlainDate.from(value), isMidnight: false });
    const local = LOCAL.test(value)
      ? Temporal.PlainDateTime.from(value)
      : Temporal.Instant.from(value).toZonedDateTimeISO(timeZone).toPlainDateTime();
    const isMidnight = local.toPlainTime().equals(new Temporal.PlainTime());
    return inReach({ day: local.toPlainDate(), isMidnight });
  } catch {
    return null;
  }
}

const inReach = <T extends { day: Temporal.PlainDate }>(given: T): T | null =>
  given.day.year >= YEARS.from && given.day.year < YEARS.until ? given : null;

function onClock(value: string, timeZone: string, fold: Fold | null): Temporal.Instant | TimeFault {
  const local = Temporal.PlainDateTime.from(value);
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(timeZone, { disambiguation: 'later' });
  if (earlier.equals(later)) return earlier.toInstant();
  if (!earlier.toPlainDateTime().equals(local)) return 'timeSkipped';
  if (fold === null) return 'timeTwice';
  return (fold === 'first' ? earlier : later).toInstant();
}

/** The clock of `timeZone` at that moment, as forms write it. */
export function clockOf(moment: Date, timeZone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone);
  return zoned.toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** Null where the clock shows this time only once. */
export function foldOf(moment: Date, timeZone: string): Fold | null {
  const instant = Temporal.Instant.fromEpochMilliseconds(moment.getTime());
  const local = instant.toZonedDateTimeISO(timeZone).toPlainDateTime();
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).toInstant();
  const later = local.toZonedDateTime(timeZone, { disambiguation: 'later' }).toInstant();
  if (earlier.equals(later)) return null;
  return instant.equals(earlier) ? 'first' : 'second';
}

/** How far the clocks of `timeZone` are from UTC at that moment: `UTC+2`, `UTC+5:30`. */
export function offsetOf(moment: Date, timeZone: string): string {
  const { offset } = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone);
  return `UTC${offset.replace(/^([+-])0/, '$1').replace(/:00$/, '')}`;
}

/** The last of whole days that end with this midnight. */
export const lastDayOf = (until: Date, timeZone: string): string => dayOf(new Date(until.getTime() - 1), timeZone);

/** The calendar day on the clocks of that zone: `2026-11-28`. */
export function dayOf(moment: Date, timeZone: string): string {
  return clockOf(moment, timeZone).slice(0, 'yyyy-mm-dd'.length);
}

/** A name of the IANA database. JavaScript takes hours for a zone, too, which neither calendars nor other programs know: `+01:00`. */
export function isTimeZone(name: string): boolean {
  try {
    return /^[a-z]/i.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
