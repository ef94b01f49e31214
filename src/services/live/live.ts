import type { Server as HttpServer } from 'node:http';

import { Server } from 'socket.io';

import type { Em } from '../../platform/db/database.ts';
import type { Person } from '../../platform/person.ts';
import type { Platform } from '../../platform/platform.ts';
import { visibleLines } from './lines.ts';
import { createDoors, createPlaces, createTurns, hangUp, leaveTheDeaf } from './bounds.ts';
import { deliver, refused, watch, type Known, type LiveSocket } from './watching.ts';

export interface Access {
  /** The person of a session cookie header, or null. */
  bySession(cookie: string): Promise<Known | null>;
  byToken(token: string): Promise<Known | null>;
  /** Who they are today, by session or token; whose has ended is left out. */
  again(by: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  /** A wish for what the rooms of a signed-in reader show. */
  onWatch(em: Em, person: Person, rooms: readonly string[], lang: string): Promise<void>;
}

const SOCKETS_A_PERSON = 20;

/** Live updates: every process reads the activity by itself and tells its own sockets. */
export function startLive(server: HttpServer, platform: Platform, access: Access): { close(): Promise<void> } {
  const { settings, database, tail, log, verbs } = platform;
  const doors = createDoors(settings);
  const io = new Server(server, {
    transports: ['websocket'],
    perMessageDeflate: false, // 13 times the memory and 3.8 times the processor for lines of 200 bytes
    serveClient: false,
    maxHttpBufferSize: 16 * 1024,
    allowRequest: doors.allow,
  });
  io.engine.on('connection', doors.count);
  io.use(welcome(access, settings.publicUrl));
  io.on('connection', (socket: LiveSocket) => {
    socket.conn.on('drain', () => (socket.data.hasRead = true));
    const turns = createTurns();
    socket.on('watch', (message: unknown, reply: unknown) => {
      const refusal = turns.begin();
      if (refusal === 'flood') return hangUp(socket);
      if (refusal) return void (typeof reply === 'function' && reply(refused(tail.cursor(), refusal)));
      void answer(socket, message, reply).catch(failed).finally(turns.end);
    });
  });

  const told = tail.read('live', async (lines) => {
    if (io.engine.clientsCount === 0) return;
    const shown = await visibleLines(database.em(), lines, verbs);
    for (const socket of io.sockets.sockets.values()) for (const line of shown) deliver(socket, line, verbs);
  });

  const failed = (error: unknown) => log.warn({ error }, 'a live connection');
  const look = () => lookAround([...io.sockets.sockets.values()], access);
  const timers = [
    setInterval(() => io.emit('cursor', { cursor: told() }), platform.pace.cursorMilliseconds),
    setInterval(() => void look().catch(failed), platform.pace.signedInMilliseconds),
  ];

  async function answer(socket: LiveSocket, message: unknown, reply: unknown): Promise<void> {
    const { known } = socket.data;
    const person = known && (await access.again([known.by])).get(known.by);
    if (known && !person) return hangUp(socket);
    const watched = await watch(platform, socket, message);
    if (person) await access.onWatch(database.em(), person, watched.joined, socket.data.lang);
    if (typeof reply === 'function') reply(watched);
  }

  return {
    async close() {
      for (const timer of timers) clearInterval(timer);
      await io.close();
    },
  };
}

/** Finds out who connects, and gives each person so many places. */
function welcome(access: Access, publicUrl: string) {
  const people = createPlaces(SOCKETS_A_PERSON);
  return (socket: LiveSocket, next: (error?: Error) => void): void => {
    knownOf(socket, access, publicUrl).then(
      (known) => {
        if (known && !people.has(known.person.id)) return next(new Error('tooMany'));
        if (known) socket.conn.once('close', people.take(known.person.id));
        socket.data = { known, rooms: new Set(), lang: '', after: null, waiting: null, hasRead: true };
        next();
      },
      () => next(new Error('unauthorized')),
    );
  };
}

/**
 * Leaves those who do not read. And who has signed out, or whose token was revoked, listens no longer as who they were: the page comes
 * back as anybody's.
 */
async function lookAround(sockets: readonly LiveSocket[], { again }: Access): Promise<void> {
  for (const socket of sockets) leaveTheDeaf(socket);
  const signedIn = sockets.flatMap((socket) => (socket.data.known ? [{ socket, by: socket.data.known.by }] : []));
  if (signedIn.length === 0) return;
  const still = await again([...new Set(signedIn.map(({ by }) => by))]);
  for (const { socket, by } of signedIn) if (!still.has(by)) hangUp(socket);
}

/** By token, else by the session cookie of a page of ours. Throws for a wrong token. */
async function knownOf({ handshake }: LiveSocket, access: Access, publicUrl: string): Promise<Known | null> {
  const token: unknown = handshake.auth['token'];
  if (typeof token !== 'string') {
    const { cookie, origin } = handshake.headers;
    return cookie && origin === publicUrl ? access.bySession(cookie) : null;
  }
  const known = await access.byToken(token);
  if (!known) throw new Error('unauthorized');
  return known;
}
