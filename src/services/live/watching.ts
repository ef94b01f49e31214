import { sql } from 'kysely';
import type { Socket } from 'socket.io';
import { z } from 'zod';

import { tells, type Verbs } from '../../platform/activity/verbs.ts';
import {
  compareCursors,
  formatCursor,
  head,
  parseCursor,
  readAfter,
  type Cursor,
} from '../../platform/activity/activity.ts';
import { rows as query, type Em } from '../../platform/db/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { isId } from '../subjects/subjects.ts';
import { visibleLines, wire, type ShownLine } from './lines.ts';
import { hasRole, spacesOf, type Person } from '../../platform/person.ts';

/** A page needs one or two rooms, the list of all ideas ten. */
const ROOMS = 30;
/** Missed lines handed out one by one after a pause; more than this and reading the page again is cheaper. */
const MISSED = 500;

const watchInput = z.object({
  rooms: z
    .array(
      z
        .string()
        .max(100)
        .regex(/^[\w:-]*$/),
    )
    .max(ROOMS),
  lang: z.string().max(10),
  after: z.string().max(64).optional(),
});

/** Who somebody is, and by which session or token: `session:<hash>`, `token:<hash>`. */
export interface Known {
  person: Person;
  by: string;
}

/** What we remember of a socket. */
export interface Watching {
  known: Known | null;
  rooms: ReadonlySet<string>;
  lang: string;
  /** Lines up to here were sent, or do not concern this socket. */
  after: Cursor | null;
  /** While missed lines are read, new ones wait here, so that all come in order and once. */
  waiting: ShownLine[] | null;
  /** Since somebody looked last. */
  hasRead: boolean;
}

export type LiveSocket = Socket<
  Record<string, never>,
  Record<string, (...args: unknown[]) => void>,
  Record<string, never>,
  Watching
>;

export interface Watched {
  joined: string[];
  refused: string[];
  cursor: string;
  error?: string;
}

/** Answers `watch`: joins the rooms that are there and sends what was missed since `after`. */
export async function watch(
  { database, tail, verbs }: Platform,
  socket: LiveSocket,
  message: unknown,
): Promise<Watched> {
  const input = watchInput.safeParse(message);
  if (!input.success) return refused(tail.cursor(), 'badMessage');
  const { rooms, lang, after } = input.data;
  const em = database.em();
  const sorted = await sortRooms(em, rooms, socket.data.known?.person ?? null);
  Object.assign(socket.data, { rooms: new Set(sorted.joined), lang });
  if (after === undefined) socket.data.after = parseCursor(tail.cursor());
  else await catchUp(em, socket, after, verbs);
  return { ...sorted, cursor: formatCursor(socket.data.after ?? { generation: '0', xid: '0', id: '0' }) };
}

export const refused = (cursor: string, error: string): Watched => ({ joined: [], refused: [], cursor, error });

/** Sends a line to a socket that is in one of its rooms and has not had it. */
export function deliver(socket: LiveSocket, line: ShownLine, verbs: Verbs): void {
  const { rooms, after, waiting } = socket.data;
  if (!rooms || !isFor(line, socket.data, verbs)) return;
  if (waiting) {
    waiting.push(line);
    return;
  }
  const cursor = parseCursor(line.cursor);
  if (!cursor || (after && compareCursors(cursor, after) <= 0)) return;
  socket.data.after = cursor;
  socket.emit('activity', wire(line));
}

/** Sends what was missed; `reset` when that is too much, or when the cursor is from another life of the data. */
async function catchUp(em: Em, socket: LiveSocket, after: string, verbs: Verbs): Promise<void> {
  const from = parseCursor(after);
  socket.data.waiting = [];
  try {
    if (!from || compareCursors(from, await head(em)) > 0) return await reset(em, socket);
    const missed = await readAfter(em, from, MISSED + 1);
    if (missed.length > MISSED) return await reset(em, socket);
    const lines = await visibleLines(em, missed, verbs);
    const newer = socket.data.waiting;
    socket.data.waiting = null;
    socket.data.after = from;
    for (const line of [...lines, ...newer]) deliver(socket, line, verbs);
  } finally {
    socket.data.waiting = null;
  }
}

async function reset(em: Em, socket: LiveSocket): Promise<void> {
  const cursor = await head(em);
  socket.data.after = cursor;
  socket.emit('reset', { cursor: formatCursor(cursor) });
}

/** A translation interests those who read that language or count all of them; everything else interests everybody in the room. */
function isFor(line: ShownLine, { rooms, lang, known }: Watching, verbs: Verbs): boolean {
  if (tells(verbs, line, 'staff'))
    return rooms.has(MODERATION) && hasRole(known?.person ?? null, 'moderator', line.spaceId);
  const isTranslation = tells(verbs, line, 'translation');
  if (isTranslation && rooms.has('translations')) return true;
  if (isTranslation && line.language !== lang) return false;
  // Its number follows in a line of its own, once a second at most.
  if (tells(verbs, line, 'number')) return rooms.has('statistics');
  if (rooms.has(`subject:${line.rootId}`) || rooms.has(`subject:${line.subjectId}`)) return true;
  return (line.slug !== null && rooms.has(`space:${line.slug}`)) || (!isTranslation && rooms.has('statistics'));
}

/** What moderators alone are told, each of the spaces that they moderate. */
const MODERATION = 'moderation';

/** Rooms that are there: a space by its slug, a subject that was ever public, the statistics, all translations; for moderators theirs. */
async function sortRooms(
  em: Em,
  rooms: readonly string[],
  person: Person | null,
): Promise<Pick<Watched, 'joined' | 'refused'>> {
  const after = (prefix: string) =>
    rooms.flatMap((room) => (room.startsWith(prefix) ? [room.slice(prefix.length)] : []));
  const ids = after('subject:').filter(isId);
  const found = await query(
    em,
    sql<{ room: string }>`select 'space:' || slug as room from space where slug = any(${after('space:')}::text[])
      union all select 'subject:' || id from subject where id = any(${ids}::uuid[]) and visibility = 'public'`,
  );
  const known = new Set(['statistics', 'translations', ...found.map((each) => each.room)]);
  if (spacesOf(person, 'moderator').length > 0) known.add(MODERATION);
  const asked = [...new Set(rooms)];
  return { joined: asked.filter((room) => known.has(room)), refused: asked.filter((room) => !known.has(room)) };
}
