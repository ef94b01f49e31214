import { subscribe, unsubscribe } from 'node:diagnostics_channel';

const BEGIN = 'tracing:child_process.spawn:start';
const END = 'tracing:child_process.spawn:end';

export interface Start {
  /** Two starts with the same number were in the same turn of the event loop. */
  turn: number;
  began: number;
  ended: number;
}

/** Looks on while our process starts others, until it is told to stop. */
export function watchStarts(): { stop(): Start[] } {
  const starts: Start[] = [];
  let turn = 0;
  const begin = (): void => {
    starts.push({ turn, began: performance.now(), ended: NaN });
    setImmediate(() => turn++);
  };
  const end = (): void => {
    const start = starts.at(-1);
    if (start !== undefined) start.ended = performance.now();
  };
  subscribe(BEGIN, begin);
  subscribe(END, end);
  return {
    stop: () => {
      unsubscribe(BEGIN, begin);
      unsubscribe(END, end);
      return starts;
    },
  };
}
