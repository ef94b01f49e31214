import { PACE, type Pace } from '../../src/platform/pace.ts';

/** How tests run: as soon as it may be without keeping the two cores busy. Stories about time itself are told at the pace of production. */
export const FAST: Pace = {
  ...PACE,
  tailMilliseconds: 50,
  readerMilliseconds: 500,
  retryMilliseconds: 100,
  longestRetryMilliseconds: 1_000,
  countMilliseconds: 100,
  jobMilliseconds: 500,
  cronMilliseconds: 1_000,
  scheduleMilliseconds: 500,
};
