const LOOK_MILLISECONDS = 500;

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
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) once();
  }, LOOK_MILLISECONDS).unref();
}
