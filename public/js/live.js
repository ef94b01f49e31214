// @ts-check
// Keeps a page up to date with what happens in its rooms: see src/services/live/live.ts for the other end.
import { io } from '../vendor/socket.io.js';
import { countNew } from './pill.js';
import { refresh, refreshAll, refreshMain } from './refresh.js';

/** Nobody needs to hear of shorter interruptions. */
const PAUSED_MILLISECONDS = 3_000;
/** A connection that says nothing in this time is tried again. */
const ANSWER_MILLISECONDS = 5_000;

/** @typedef {{ cursor: string, type: string, kind: string, subject: string, root: string, language: string | null }} Line */

const { dataset } = document.documentElement;
const rooms = (dataset['rooms'] ?? '').split(' ');
let cursor = dataset['cursor'];
let pausing = 0;

const socket = io({ transports: ['websocket'], timeout: ANSWER_MILLISECONDS });
showPaused(true);
socket.on('connect', () => {
  showPaused(false);
  socket.emit(
    'watch',
    { rooms, lang: dataset['texts'], after: cursor },
    (/** @type {{ cursor: string }} */ answer) => (cursor = answer.cursor),
  );
});
socket.on('disconnect', () => showPaused(true));
socket.on('connect_error', () => showPaused(true));
socket.on('cursor', (/** @type {{ cursor: string }} */ message) => (cursor = message.cursor));
socket.on('reset', (/** @type {{ cursor: string }} */ message) => {
  cursor = message.cursor;
  if (rooms.includes('statistics')) refreshMain();
  else refreshAll();
});
socket.on('activity', (/** @type {Line} */ line) => {
  cursor = line.cursor;
  if (rooms.includes('statistics')) refreshMain();
  else if (line.type === 'published') countNew(line);
  else refresh(line);
});

/** @param {boolean} isPaused */
function showPaused(isPaused) {
  if (isPaused && (pausing || document.querySelector('.live-now--off'))) return;
  clearTimeout(pausing);
  pausing = isPaused ? self.setTimeout(addPausedLine, PAUSED_MILLISECONDS) : 0;
  if (!isPaused) document.querySelector('.live-now--off')?.remove();
}

function addPausedLine() {
  pausing = 0;
  const line = document.createElement('p');
  line.className = 'live-now live-now--off';
  line.role = 'status';
  const dot = document.createElement('span');
  dot.className = 'live-dot live-dot--off';
  line.append(dot, dataset['paused'] ?? '');
  document.body.append(line);
}
