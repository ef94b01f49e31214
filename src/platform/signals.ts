const LOOK_MILLISECONDS = 500;
/** After this long a stop is cut short: everything acknowledged is in the database already. */
const STOP_MILLISECONDS = 15_000;
/** Whoever started this process. The scripts of package.json load this file before the program, which takes two seconds: npm may end meanwhile. */
const PARENT = process.ppid;

/**
 * Calls `stop` once, when somebody asks this process to end: by SIGTERM or SIGINT, or by ending npm, which started it and passes no
 * signal on. The process ends with it, or is cut short with code 1.
 */
export function onStop(stop: () => Promise<void>): void {
  let isStopping = false;
  const once = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_MILLISECONDS).unref();
    void stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, once);
  if (process.env['npm_lifecycle_event'] === undefined) return;
  setInterval(() => {
    if (process.ppid !== PARENT) once();
  }, LOOK_MILLISECONDS).unref();
}
