import { PACE, type Pace } from '../../src/platform/pace.ts';

/** How a story runs that has one process: its own commits wake it, and dozens of platforms that look around keep no core busy. */
export const ALONE: Pace = {
  ...PACE,
  tailMilliseconds: 1_000,
  settleMilliseconds: 500,
  cursorMilliseconds: 1_000,
  drainMilliseconds: 10,
};

/** How stories about time run: as soon as it may be without keeping the two cores busy. Those about several processes are told at the pace of production. */
export const FAST: Pace = {
  ...PACE,
  tailMilliseconds: 50,
  readerMilliseconds: 500,
  retryMilliseconds: 100,
  longestRetryMilliseconds: 1_000,
  countMilliseconds: 100,
  jobMilliseconds: 500,
  settleMilliseconds: 500,
  cronMilliseconds: 1_000,
  scheduleMilliseconds: 500,
};
