import type { Random } from './random.ts';

/** The clocks by which weeks are counted. */
export const ZONE = 'Europe/Brussels';
const MINUTE = 60_000;

/** Mondays of the weeks around the last two changes of the clocks, and of this week and the one before, oldest first. */
export function interestingMondays(now: Date): Temporal.PlainDate[] {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(ZONE).toPlainDate();
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const changes = [3, 10].map((month) => {
    const [thisYear, lastYear] = [today.year, today.year - 1].map((year) => lastSunday(year, month));
    return thisYear && Temporal.PlainDate.compare(thisYear, monday) < 0 ? thisYear : lastYear;
  });
  const around = changes.flatMap((sunday) => (sunday ? [-13, -6, 1].map((days) => sunday.add({ days })) : []));
  const all = [...around, monday.subtract({ days: 7 }), monday].toSorted(Temporal.PlainDate.compare);
  return all.filter((each, index) => !all[index - 1]?.equals(each));
}

/** On which clocks are changed: in March and in October. */
function lastSunday(year: number, month: number): Temporal.PlainDate {
  const last = new Temporal.PlainDate(year, month, 31);
  return last.subtract({ days: last.dayOfWeek % 7 });
}

/** A moment in one of these weeks, quite often at or beside its first; never after `latest`. */
export function momentIn(mondays: readonly Temporal.PlainDate[], random: Random, latest: Date): Date {
  const start = random.pick(mondays).toZonedDateTime(ZONE).epochMilliseconds;
  const beside = [-30 * MINUTE, -1, 0, 1, 30 * MINUTE];
  const moment = random.chance(0.2) ? start + random.pick(beside) : start + random.below(7 * 24 * 60) * MINUTE;
  return new Date(Math.min(moment, latest.getTime()));
}
