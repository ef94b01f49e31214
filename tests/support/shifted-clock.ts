// Loaded before a program: its clock is ahead by CLOCK_AHEAD_SECONDS, or behind.
const ahead = Number(process.env['CLOCK_AHEAD_SECONDS'] ?? 0) * 1_000;
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, words: unknown[], newTarget) =>
    Reflect.construct(target, words.length > 0 ? words : [RealDate.now() + ahead], newTarget),
  get: (target, key) => (key === 'now' ? () => RealDate.now() + ahead : Reflect.get(target, key)),
});
