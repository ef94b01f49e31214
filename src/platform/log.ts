import { pino, type DestinationStream, type Logger } from 'pino';

import { onceAMinute } from './repeats.ts';

/** Logs tell what happened to which id, never who wrote what: no name, mail, address, token or text goes in. */
export function createLog(
  level: string,
  destination: DestinationStream = toStandardOutput(),
  quietMilliseconds?: number,
): Logger {
  const options = {
    level,
    base: { pid: process.pid },
    serializers: {
      error: ({ name, message, stack, code }: Error & { code?: string }) => ({ name, message, stack, code }),
    },
    redact: ['email', '*.email', 'token', '*.token', 'error.params', 'error.query'],
    hooks: { logMethod: onceAMinute(quietMilliseconds) },
  };
  return pino(options, destination);
}

/** What waits while nobody takes it. */
const MOST_BYTES = 2 ** 20;

/**
 * Where the log goes may be full. By itself the stream then ends the process, and at that end tries for ever to write the rest: so lines wait,
 * the oldest go out when there is room again, and the end waits for none.
 */
function toStandardOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, maxLength: MOST_BYTES });
  const { flushSync } = output;
  output.on('error', () => {
    output.flushSync = () => {};
  });
  output.on('write', () => {
    output.flushSync = flushSync;
  });
  return output;
}
