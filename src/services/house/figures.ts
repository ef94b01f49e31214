import type { RawBuilder } from 'kysely';

import type { Key } from '#locales/keys.ts';

/** A stretch of time, open where it has no bound, in all spaces or in one. */
export interface Span {
  from?: Date;
  until?: Date;
  spaceId: string | null;
}

/** A number of every week, as a feature declares it: counted from the tables as they are now, and never shown without its meaning. */
export interface Figure {
  words: Key;
  meaning: Key;
  /** People read the lowest first. */
  place: number;
  /** A statement that gives one number. */
  sql(span: Span, figures: Figures): RawBuilder<unknown>;
  /** Takes long over all there ever was: it is counted beside the others, on a connection of its own. */
  slow?: boolean;
  /** Told by theme and by language too: the kind of subject or the act it counts, and what heads its column. */
  parts?: { of: string; column: Key };
}

/**
 * Something people do with what others wrote, one row each time: those people take part. All in SQL; no alias in `rows` is `s` (subject),
 * `t` (its text), `sp` (its space) or `p` (the person).
 */
export interface Participation {
  /** A table and its alias: `endorsement e`. */
  rows: RawBuilder<unknown>;
  /** Only these rows. */
  where?: RawBuilder<unknown>;
  /** On which subject. */
  subject: RawBuilder<unknown>;
  person: RawBuilder<unknown>;
  moment: RawBuilder<unknown>;
}

export type Named<T> = T & { name: string };

/** What all features count. */
export interface Figures {
  /** In the order in which people read them. */
  all: readonly Named<Figure>[];
  participations: readonly Named<Participation>[];
  /** The kinds of subject that people take part with. */
  contributions: readonly string[];
}
