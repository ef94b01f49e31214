import { notFound } from '../../platform/http/errors.ts';

/** An ISO week in a time zone, and its bounds as instants. */
export interface Week {
  /** `2026-W47`. */
  name: string;
  /** 2026, which may not be the calendar year of all its days. */
  year: number;
  number: number;
  from: Date;
  until: Date;
  /** Monday and Sunday as days. */
  monday: Temporal.PlainDate;
  sunday: Temporal.PlainDate;
}

const NAME = /^(\d{4})-W(\d{2})$/;

/** The week a moment falls in. */
export function weekOf(moment: Date, timeZone: string): Week {
  const day = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  return weekFrom(day.subtract({ days: day.dayOfWeek - 1 }), timeZone);
}

/** The week of that name. Throws 404 when there is none, or when it has not begun. */
export function findWeek(name: string, timeZone: string, now: Date): Week {
  const week = parseWeek(name, timeZone);
  if (!week || week.from > now) throw notFound();
  return week;
}

/** Its figures still grow. */
export const isOpen = (week: Week, now: Date): boolean => now < week.until;

/** Null when there is no such week: `2026-W54`, or a year out of reach. */
export function parseWeek(name: string, timeZone: string): Week | null {
  const [, year = '', number = ''] = NAME.exec(name) ?? [];
  if (!year || Number(year) < 2000 || Number(year) > 2100) return null;
  // The 4th of January is always in week 1.
  const fourth = new Temporal.PlainDate(Number(year), 1, 4);
  const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: Number(number) - 1 });
  const week = weekFrom(monday, timeZone);
  return week.name === name ? week : null;
}

/** So many weeks later; earlier when negative. */
export function shiftWeek(week: Week, weeks: number, timeZone: string): Week {
  return weekFrom(week.monday.add({ weeks }), timeZone);
}

function weekFrom(monday: Temporal.PlainDate, timeZone: string): Week {
  const year = monday.yearOfWeek ?? monday.year;
  const number = monday.weekOfYear ?? 1;
  const start = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
  return {
    name: `${year}-W${String(number).padStart(2, '0')}`,
    year,
    number,
    from: start(monday),
    until: start(monday.add({ weeks: 1 })),
    monday,
    sunday: monday.add({ days: 6 }),
  };
}
