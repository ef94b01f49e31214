const LOOK_MILLISECONDS = 500;
/** Whoever started this process; asked for before anything takes its time, since they may end meanwhile. */
const PARENT = process.ppid;

/**
 * Calls `stop` once, when somebody asks this process to end: by SIGTERM or SIGINT, or by ending npm, which started it and passes no
 * signal on.
 */
export function onStop(stop: () => void): void {
  let isStopping = false;
  const once = () => {
    if (!isStopping) stop();
    isStopping = true;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, once);
  if (process.env['npm_lifecycle_event'] === undefined) return;
  setInterval(() => {
    if (process.ppid !== PARENT) once();
  }, LOOK_MILLISECONDS).unref();
}
