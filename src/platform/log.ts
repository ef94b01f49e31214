import { pino, type DestinationStream, type Logger } from 'pino';

/** Logs tell what happened to which id, never who wrote what: no name, mail, address, token or text goes in. */
export function createLog(level: string, destination: DestinationStream = pino.destination(1)): Logger {
  const options = {
    level,
    base: { pid: process.pid },
    serializers: {
      error: ({ name, message, stack, code }: Error & { code?: string }) => ({ name, message, stack, code }),
    },
    redact: ['email', '*.email', 'token', '*.token', 'error.params', 'error.query'],
  };
  return pino(options, destination);
}
