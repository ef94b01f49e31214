/** How often the program looks and how long it waits, in one place: tests run the same program faster. All in milliseconds. */
export interface Pace {
  /** Between two looks at the activity of other processes. */
  tailMilliseconds: number;
  /** Between two looks of a durable reader that nobody woke: how soon one takes over from a process that was killed. */
  readerMilliseconds: number;
  /** A durable reader is done with one batch by then. */
  readerDeadlineMilliseconds: number;
  /** After a first failure of a reader, doubled by each that follows. */
  retryMilliseconds: number;
  longestRetryMilliseconds: number;
  /** Between two counts of the subjects that something happened to. */
  countMilliseconds: number;
  /** Between two looks for jobs of other processes; pg-boss takes no less than 500. */
  jobMilliseconds: number;
  /** Between two looks at what is scheduled; pg-boss takes whole seconds. */
  cronMilliseconds: number;
  /** Between two looks for what is due. */
  scheduleMilliseconds: number;
  /** Between two looks for texts to translate that another process asked for. */
  queueMilliseconds: number;
  /** Between two looks at how engines are doing: how soon one process knows of a pause or a failure in another. */
  enginesMilliseconds: number;
  /** Between two cursors for browsers to which nothing happens: a broken connection misses at most this much more. */
  cursorMilliseconds: number;
  /** Who changes something often changes it again at once: mails about it wait so long. */
  settleMilliseconds: number;
  /** Between two looks whether those who listen are still signed in. */
  signedInMilliseconds: number;
  /** Who neither sends nor reads for so long keeps no connection. */
  silentMilliseconds: number;
  /** A server that stops still takes requests for so long: some are on their way. */
  drainMilliseconds: number;
}

/** How Polyphony runs. */
export const PACE: Pace = {
  // Often enough that a second screen has the words within a second, seldom enough to cost nothing when idle.
  tailMilliseconds: 150,
  readerMilliseconds: 2_000,
  // On the embedded database nothing else happens meanwhile, and on PostgreSQL all readers wait for the end of an old transaction.
  readerDeadlineMilliseconds: 5_000,
  retryMilliseconds: 1_000,
  // A person who repairs something sees within half a minute that it works.
  longestRetryMilliseconds: 30_000,
  // Numbers on a screen move once a second at most; one hot idea then costs one recount, however many support it.
  countMilliseconds: 1_000,
  // A mail that a web process asked for is written by a worker within a second.
  jobMilliseconds: 500,
  // A schedule is due for a minute: looking less often would miss some. These two are what timekeeping costs while nothing is due.
  cronMilliseconds: 45_000,
  scheduleMilliseconds: 30_000,
  queueMilliseconds: 250,
  enginesMilliseconds: 1_000,
  cursorMilliseconds: 10_000,
  settleMilliseconds: 120_000,
  // Who signs out has no socket left within two seconds.
  signedInMilliseconds: 1_000,
  // A page is made sooner, and a large one is read bit by bit.
  silentMilliseconds: 30_000,
  drainMilliseconds: 300,
};
