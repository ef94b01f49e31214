// @ts-check
// Looks at the page again while it is in sight, for what no line of the activity tells: that an engine is away, that nothing moves.
import { refreshMain } from './refresh.js';

/** As often as a person can read figures. */
const MILLISECONDS = 5_000;

setInterval(() => {
  if (!document.hidden) refreshMain();
}, MILLISECONDS);
