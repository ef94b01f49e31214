import { pino, type Logger } from 'pino';

/** Logs tell what happened to which id, never who wrote what: no name, mail, address, token or text goes in. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: { pid: process.pid },
    serializers: { error: ({ name, message, stack, code }: Error & { code?: string }) => ({ name, message, stack, code }) },
    redact: ['email', '*.email', 'token', '*.token', 'error.params', 'error.query'],
  });
}
