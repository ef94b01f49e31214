import { io, type Socket } from 'socket.io-client';

import { eventually } from './polyphony.ts';

export interface LiveLine {
  cursor: string;
  type: string;
  kind: string;
  subject: string;
  space: string | null;
  text: string | null;
  language: string | null;
}

/** A page that listens. */
export interface Listener {
  socket: Socket;
  /** What it was told, in order. */
  lines: LiveLine[];
  resets: { cursor: string }[];
  watch(message: unknown): Promise<{ joined: string[]; refused: string[]; cursor: string; error?: string }>;
  /** Waits until a line of this type about this subject has come. */
  heard(type: string, subject: string): Promise<LiveLine>;
}

const open = new Set<Socket>();

interface How {
  token?: string;
  headers?: Record<string, string>;
}

/** Connects; throws what the platform says when it does not let us in. */
export async function listen(url: string, { token, headers = {} }: How = {}): Promise<Listener> {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: headers,
    ...(token ? { auth: { token } } : {}),
  });
  open.add(socket);
  const lines: LiveLine[] = [];
  const resets: { cursor: string }[] = [];
  socket.on('activity', (line: LiveLine) => lines.push(line));
  socket.on('reset', (reset: { cursor: string }) => resets.push(reset));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return {
    socket,
    lines,
    resets,
    watch: (message) => socket.timeout(10_000).emitWithAck('watch', message),
    heard: (type, subject) =>
      eventually(async () => {
        const found = lines.find((line) => line.type === type && line.subject === subject);
        if (!found)
          throw new Error(`not heard: ${type} ${subject}; heard ${lines.map((line) => line.type).join(', ')}`);
        return found;
      }),
  };
}

/** For `afterEach`: pages are closed. */
export function closeListeners(): void {
  for (const socket of open) socket.close();
  open.clear();
}
