import type { Server as HttpServer } from 'node:http';

import { Server } from 'socket.io';

import type { Em } from '../../platform/db/database.ts';
import type { Person } from '../../platform/person.ts';
import type { Platform } from '../../platform/platform.ts';
import { visibleLines } from './lines.ts';
import { deliver, watch, type LiveSocket } from './watching.ts';

export interface Access {
  /** The person of a session cookie header, or null. */
  bySession(cookie: string): Promise<Person | null>;
  byToken(token: string): Promise<Person | null>;
  /** A wish for what the rooms of a signed-in reader show. */
  onWatch(em: Em, person: Person, rooms: readonly string[], lang: string): Promise<void>;
}

/** Live updates: every process reads the activity by itself and tells its own sockets. */
export function startLive(server: HttpServer, platform: Platform, access: Access): { close(): Promise<void> } {
  const { settings, database, tail, log, verbs } = platform;
  const io = new Server(server, {
    transports: ['websocket'],
    perMessageDeflate: false, // 13 times the memory and 3.8 times the processor for lines of 200 bytes
    serveClient: false,
    maxHttpBufferSize: 16 * 1024,
    allowRequest: (request, done) =>
      done(null, request.headers.origin === undefined || request.headers.origin === settings.publicUrl),
  });

  io.use((socket: LiveSocket, next) => {
    personOf(socket, access, settings.publicUrl).then(
      (person) => {
        socket.data = { person, rooms: new Set(), lang: '', after: null, waiting: null };
        next();
      },
      () => next(new Error('unauthorized')),
    );
  });

  io.on('connection', (socket: LiveSocket) => {
    socket.on('watch', (message: unknown, reply: unknown) => {
      void answer(socket, message, reply).catch((error: unknown) => log.warn({ error }, 'watch'));
    });
  });

  const told = tail.read('live', async (lines) => {
    if (io.engine.clientsCount === 0) return;
    const shown = await visibleLines(database.em(), lines);
    for (const socket of io.sockets.sockets.values()) for (const line of shown) deliver(socket, line, verbs);
  });

  const timer = setInterval(() => io.emit('cursor', { cursor: told() }), platform.pace.cursorMilliseconds);

  async function answer(socket: LiveSocket, message: unknown, reply: unknown): Promise<void> {
    const watched = await watch(platform, socket, message);
    const { person, lang } = socket.data;
    if (person) await access.onWatch(database.em(), person, watched.joined, lang);
    if (typeof reply === 'function') reply(watched);
  }

  return {
    async close() {
      clearInterval(timer);
      await io.close();
    },
  };
}

/** By token, else by the session cookie of a page of ours. Throws for a wrong token. */
async function personOf({ handshake }: LiveSocket, access: Access, publicUrl: string): Promise<Person | null> {
  const token: unknown = handshake.auth['token'];
  if (typeof token !== 'string') {
    const { cookie, origin } = handshake.headers;
    return cookie && origin === publicUrl ? access.bySession(cookie) : null;
  }
  const person = await access.byToken(token);
  if (!person) throw new Error('unauthorized');
  return person;
}
