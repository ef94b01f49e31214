import type { Server as HttpServer } from 'node:http';

import { sql } from 'kysely';
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';

import { comparePlaces, cursorOf, head, parseCursor, readAfter } from '../platform/activity/activity.ts';
import { rows, type Database, type Em } from '../platform/db/database.ts';
import type { Person } from '../platform/person.ts';
import type { Platform } from '../platform/platform.ts';
import { visibleLines, type ShownLine } from './visible.ts';

/** A page needs one or two rooms, the list of all ideas ten. */
const ROOMS = 30;
/** Missed lines handed out one by one after a pause; more than this and reading the page again is cheaper. */
const MISSED = 500;
const CURSOR_SECONDS = 10;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const watchInput = z.object({ rooms: z.array(z.string().max(100)).max(ROOMS), lang: z.string().max(10), after: z.string().max(64).optional() });

/** A line as it goes over the wire: ids and types, no words, and nobody's name. */
export interface LiveLine {
  cursor: string;
  type: string;
  kind: string;
  subject: string;
  root: string;
  space: string | null;
  text: string | null;
  language: string | null;
}

interface Data {
  person: Person | null;
  rooms: Set<string>;
  lang: string;
}

type LiveSocket = Socket<Record<string, never>, Record<string, (...args: unknown[]) => void>, Record<string, never>, Data>;

export interface Access {
  /** The person of a session cookie header, or null. */
  bySession(cookie: string): Promise<Person | null>;
  byToken(token: string): Promise<Person | null>;
  /** A wish for what the rooms of a signed-in reader show. */
  onWatch(em: Em, person: Person, rooms: readonly string[], lang: string): Promise<void>;
}

/** Live updates: every process reads the activity by itself and tells its own sockets. */
export function startLive(server: HttpServer, platform: Platform, access: Access): { close(): Promise<void> } {
  const { settings, database, tail, log } = platform;
  const io = new Server(server, {
    transports: ['websocket'],
    perMessageDeflate: false, // 13 times the memory and 3.8 times the processor for lines of 200 bytes
    serveClient: false,
    maxHttpBufferSize: 16 * 1024,
    allowRequest: (request, done) => done(null, request.headers.origin === undefined || request.headers.origin === settings.publicUrl),
  });

  io.use((socket: LiveSocket, next) => {
    personOf(socket).then(
      (person) => {
        socket.data = { person, rooms: new Set(), lang: '' };
        next();
      },
      () => next(new Error('unauthorized')),
    );
  });

  io.on('connection', (socket: LiveSocket) => {
    socket.on('watch', (message: unknown, reply: unknown) => {
      void watch(socket, message).then(
        (answer) => typeof reply === 'function' && reply(answer),
        (error: unknown) => log.warn({ error }, 'watch'),
      );
    });
  });

  tail.read(async (lines) => {
    if (io.engine.clientsCount === 0) return;
    const shown = await visibleLines(database.em(), lines);
    for (const socket of io.sockets.sockets.values()) for (const line of shown) deliver(socket, line);
  });

  const timer = setInterval(() => io.emit('cursor', { cursor: tail.cursor() }), CURSOR_SECONDS * 1_000);

  async function personOf(socket: LiveSocket): Promise<Person | null> {
    const token: unknown = socket.handshake.auth['token'];
    if (typeof token === 'string') {
      const person = await access.byToken(token);
      if (!person) throw new Error('unauthorized');
      return person;
    }
    const { cookie, origin } = socket.handshake.headers;
    return cookie && origin === settings.publicUrl ? access.bySession(cookie) : null;
  }

  async function watch(socket: LiveSocket, message: unknown) {
    const input = watchInput.safeParse(message);
    if (!input.success) return { joined: [], refused: [], cursor: tail.cursor(), error: 'badMessage' };
    const { rooms, lang, after } = input.data;
    const { joined, refused } = await sortRooms(database, rooms);
    socket.data.rooms = new Set(); // nothing is delivered twice while the missed lines are read
    socket.data.lang = lang;
    const cursor = after === undefined ? tail.cursor() : await catchUp(socket, new Set(joined), after);
    socket.data.rooms = new Set(joined);
    if (socket.data.person) await access.onWatch(database.em(), socket.data.person, joined, lang);
    return { joined, refused, cursor };
  }

  /** Sends what was missed, up to where the tail of this process stands; `reset` when that is too much or from another life. */
  async function catchUp(socket: LiveSocket, rooms: Set<string>, after: string): Promise<string> {
    const em = database.em();
    const from = parseCursor(after);
    const now = parseCursor(tail.cursor());
    if (!from || !now || comparePlaces(from, now) > 0) return reset(socket, em);
    const missed = await readAfter(em, from, MISSED + 1);
    if (missed.length > MISSED) return reset(socket, em);
    const upToNow = missed.filter((line) => comparePlaces(parseCursor(line.cursor) ?? now, now) <= 0);
    const shown = await visibleLines(em, upToNow);
    for (const line of shown) if (isFor(line, rooms, socket.data.lang)) socket.emit('activity', wire(line));
    return tail.cursor();
  }

  async function reset(socket: LiveSocket, em: Em): Promise<string> {
    const cursor = cursorOf(await head(em));
    socket.emit('reset', { cursor });
    return cursor;
  }

  return {
    async close() {
      clearInterval(timer);
      await io.close();
    },
  };
}

function deliver(socket: LiveSocket, line: ShownLine): void {
  if (socket.data.rooms && isFor(line, socket.data.rooms, socket.data.lang)) socket.emit('activity', wire(line));
}

/** A translation interests those who read that language; everything else everybody in the room. */
function isFor(line: ShownLine, rooms: ReadonlySet<string>, lang: string): boolean {
  if (line.type === 'translated' && line.language !== lang) return false;
  return rooms.has(`subject:${line.rootId}`) || rooms.has(`subject:${line.subjectId}`) || (line.slug !== null && rooms.has(`space:${line.slug}`)) || (line.type !== 'translated' && rooms.has('statistics'));
}

export function wire(line: ShownLine): LiveLine {
  const { cursor, type, kind, subjectId, rootId, slug, textId, language } = line;
  return { cursor, type, kind, subject: subjectId, root: rootId, space: slug, text: textId, language };
}

/** Rooms that are there: a space by its slug, a subject that was ever public, the statistics. */
async function sortRooms(database: Database, rooms: readonly string[]): Promise<{ joined: string[]; refused: string[] }> {
  const slugs = rooms.flatMap((room) => (room.startsWith('space:') ? [room.slice('space:'.length)] : []));
  const ids = rooms.flatMap((room) => (room.startsWith('subject:') ? [room.slice('subject:'.length)] : [])).filter((id) => UUID.test(id));
  const found = await rows(
    database.em(),
    sql<{ room: string }>`select 'space:' || slug as room from space where slug = any(${slugs}::text[])
      union all select 'subject:' || id from subject where id = any(${ids}::uuid[]) and visibility = 'public'`,
  );
  const known = new Set(['statistics', ...found.map((each) => each.room)]);
  const joined = [...new Set(rooms)].filter((room) => known.has(room));
  return { joined, refused: [...new Set(rooms)].filter((room) => !known.has(room)) };
}
