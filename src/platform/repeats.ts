import type { LogFn } from 'pino';

const MINUTE = 60_000;
/** More kinds than a program has; beyond it every line is written. */
const MOST_KINDS = 1_000;

type LogMethod = (this: unknown, args: Parameters<LogFn>, write: LogFn) => void;

interface Fields {
  error?: unknown;
}

const isFields = (value: unknown): value is Fields => value instanceof Object;

interface Repeats {
  count: number;
  /** Writes the last of them with their count. */
  say(count: number): void;
}

/**
 * A hook of pino: an error is written at once, and when the same kind comes again, one line a minute with the count of those since. A full disk
 * or a database that is away would otherwise write hundreds of lines a second, for the same reason, and perhaps on the same disk.
 */
export function onceAMinute(quietMilliseconds = MINUTE): LogMethod {
  const kinds = new Map<string, Repeats>();
  return function write(args, method) {
    const [object, message]: unknown[] = args;
    const fields = isFields(object) ? object : {};
    const kind = fields.error instanceof Error ? kindOf(fields, fields.error, String(message)) : null;
    const known = kind === null ? undefined : kinds.get(kind);
    if (kind === null || (!known && kinds.size >= MOST_KINDS)) return method.apply(this, args);
    const say = (count: number) => method.call(this, { ...fields, count }, String(message));
    kinds.set(kind, { count: known ? known.count + 1 : 0, say });
    if (known) return;
    method.apply(this, args);
    tellLater(kind);
  };

  function tellLater(kind: string): void {
    setTimeout(() => {
      const { count, say } = kinds.get(kind) ?? { count: 0, say: () => {} };
      kinds.delete(kind);
      if (count === 0) return;
      say(count);
      kinds.set(kind, { count: 0, say });
      tellLater(kind);
    }, quietMilliseconds).unref();
  }
}

/** What is said of which part, and the words of the error without what differs from one to the next: names of files and numbers. */
function kindOf(fields: Fields, error: Error & { code?: string }, message: string): string {
  const words = error.message.replaceAll(/"[^"]*"|[\w-]*\d[\w-]*/g, '');
  const parts = Object.values(fields).filter((value) => typeof value === 'string');
  return [message, ...parts, error.code ?? error.name, words].join(' ');
}
