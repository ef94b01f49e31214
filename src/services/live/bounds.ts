import type { IncomingMessage } from 'node:http';

import { addressOf, householdOf } from '../../platform/http/address.ts';
import type { Settings } from '../../platform/settings.ts';

// What one visitor may ask of the live channel. Pages ask once when they come and once after each pause.

const WATCHES = 5;
const WINDOW_MILLISECONDS = 10_000;
/** Who goes on asking after so many refusals in one window means harm. */
const REFUSALS = 20;
/** A page of ours that reads at all has a few lines of 300 bytes on the way. */
const UNREAD_PACKETS = 1_000;

interface Turns {
  /** Null when it may begin. One at a time, few in ten seconds. */
  begin(): 'tooMany' | 'flood' | null;
  end(): void;
}

/** Of one socket. */
export function createTurns(): Turns {
  let isBusy = false;
  let [began, asked] = [0, 0];
  return {
    begin() {
      if (Date.now() - began > WINDOW_MILLISECONDS) [began, asked] = [Date.now(), 0];
      asked++;
      if (asked > WATCHES + REFUSALS) return 'flood';
      if (isBusy || asked > WATCHES) return 'tooMany';
      isBusy = true;
      return null;
    },
    end() {
      isBusy = false;
    },
  };
}

interface Places {
  has(who: string): boolean;
  /** Returns what gives it back. */
  take(who: string): () => void;
}

/** So many each. */
export function createPlaces(each: number): Places {
  const taken = new Map<string, number>();
  const has = (who: string) => (taken.get(who) ?? 0) < each;
  return {
    has,
    take(who) {
      taken.set(who, (taken.get(who) ?? 0) + 1);
      return () => {
        const left = (taken.get(who) ?? 1) - 1;
        if (left > 0) taken.set(who, left);
        else taken.delete(who);
      };
    },
  };
}

/** A school or an office behind one address has fewer pages open at once. */
const SOCKETS_AN_ADDRESS = 200;

interface Connection {
  request: IncomingMessage;
  once(event: 'close', then: () => void): void;
}

/** Who may connect: pages of ours and programs, so many from one address. */
export function createDoors({ publicUrl, trustedProxies }: Pick<Settings, 'publicUrl' | 'trustedProxies'>) {
  const addresses = createPlaces(SOCKETS_AN_ADDRESS);
  const placeOf = (request: IncomingMessage) => householdOf(addressOf(request, trustedProxies));
  return {
    allow(request: IncomingMessage, done: (error: null, isAllowed: boolean) => void): void {
      const { origin } = request.headers;
      done(null, (origin === undefined || origin === publicUrl) && addresses.has(placeOf(request)));
    },
    count(connection: Connection): void {
      connection.once('close', addresses.take(placeOf(connection.request)));
    },
  };
}

/** Without a word: who does not read would never take the goodbye, and a page of ours comes back by itself. */
export function hangUp(socket: { request: { socket: { destroy(): void } } }): void {
  socket.request.socket.destroy();
}

/** Hangs up on who answers pings and has read nothing since the last look: their lines would fill our memory. */
export function leaveTheDeaf(
  socket: Parameters<typeof hangUp>[0] & { conn: object; data: { hasRead: boolean } },
): void {
  const { conn, data } = socket;
  const unread = 'writeBuffer' in conn && Array.isArray(conn.writeBuffer) ? conn.writeBuffer.length : 0;
  if (unread > UNREAD_PACKETS && !data.hasRead) hangUp(socket);
  data.hasRead = false;
}
