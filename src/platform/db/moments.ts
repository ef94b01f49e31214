import { sql, type RawBuilder } from 'kysely';

// The database has the one clock that all processes share.

export const now: RawBuilder<Date> = sql`now()`;

export const inSeconds = (seconds: number): RawBuilder<Date> => sql`now() + make_interval(secs => ${seconds})`;

export const secondsAgo = (seconds: number): RawBuilder<Date> => sql`now() - make_interval(secs => ${seconds})`;
