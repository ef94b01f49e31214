import type { IncomingMessage } from 'node:http';
import { isIP, isIPv6 } from 'node:net';

import type { Middleware } from 'koa';
import type { Logger } from 'pino';

import { HttpError } from './errors.ts';

const WHOLE = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*\/?/i;

/**
 * A request may name a whole address, and is about its path (RFC 9112, 3.2.2): nobody reads whose it is, or whether that is an address at
 * all. First of all, since Koa would answer 500 to `http://[`.
 */
export function onlyPath(): Middleware {
  return (ctx, next) => {
    const { url = '/' } = ctx.req;
    ctx.req.url = url.replace(WHOLE, '/');
    return next();
  };
}

/** No address of ours holds a NUL, and PostgreSQL could not even look for it. */
export function refuseNul(): Middleware {
  return (ctx, next) => {
    if (ctx.url.includes('%00')) throw new HttpError(400, 'errors:malformed');
    return next();
  };
}

/** Whose requests they are: what the last of our proxies says, without a port, or who is connected. */
export function addressOf({ headers, socket }: IncomingMessage, trustedProxies: number): string {
  const direct = socket.remoteAddress ?? '';
  if (trustedProxies === 0) return direct;
  const passed = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .slice(-trustedProxies);
  const [, bracketed, before] = /^\[([^\]]+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(passed[0]?.trim() ?? '') ?? [];
  const address = bracketed ?? before ?? passed[0]?.trim() ?? '';
  return isIP(address.replace(/%.*$/, '')) ? address : direct;
}

/** `ctx.ip` is that, too. Says once when a proxy stands there that the settings do not name. */
export function knowAddress(trustedProxies: number, log: Logger): Middleware {
  let isTold = trustedProxies > 0;
  return (ctx, next) => {
    if (!isTold && ctx.headers['x-forwarded-for'] !== undefined) {
      isTold = true;
      log.warn('requests come through a proxy, and TRUSTED_PROXIES is 0: all visitors share one limit');
    }
    ctx.request.ip = addressOf(ctx.req, trustedProxies);
    return next();
  };
}

/** The /48 of an IPv6 address, however it is written; an IPv4 address that came as IPv6 is itself: `::ffff:192.0.2.1`. Anything else stays as it is. */
export function householdOf(address: string): string {
  if (!isIPv6(address)) return address;
  // URLs write an address in one way, and without an IPv4 address in it.
  const canonical = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
  const [before = '', after = ''] = canonical.split('::');
  const [first, last] = [before, after].map((half) =>
    half
      .split(':')
      .filter(Boolean)
      .map((group) => parseInt(group, 16)),
  );
  const [head = [], tail = []] = [first, last];
  const groups = [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (!isMapped) return groups.slice(0, 3).join(':');
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}
