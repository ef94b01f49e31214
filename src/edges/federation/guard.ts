import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

// Addresses that no other server has, but things in the operator's network do. They are checked when a connection is made, so that a name
// which changes its mind (DNS rebinding) is checked again.

const PRIVATE = new BlockList();
for (const [net, bits] of [
  ...[['0.0.0.0', 8] as const, ['10.0.0.0', 8] as const, ['100.64.0.0', 10] as const, ['127.0.0.0', 8] as const],
  ...[
    ['169.254.0.0', 16] as const,
    ['172.16.0.0', 12] as const,
    ['192.0.0.0', 24] as const,
    ['192.0.2.0', 24] as const,
  ],
  ...[['192.88.99.0', 24] as const, ['192.168.0.0', 16] as const, ['198.18.0.0', 15] as const],
  ...[['198.51.100.0', 24] as const, ['203.0.113.0', 24] as const, ['224.0.0.0', 3] as const],
])
  PRIVATE.addSubnet(net, bits, 'ipv4');
/** What is routed on the internet; all else is local, documentation, multicast or IPv4 in disguise. */
const GLOBAL6 = new BlockList();
GLOBAL6.addSubnet('2000::', 3, 'ipv6');
const SPECIAL6 = new BlockList();
for (const [net, bits] of [
  ['2001::', 23] as const,
  ['2001:db8::', 32] as const,
  ['2002::', 16] as const,
  ['3fff::', 20] as const,
])
  SPECIAL6.addSubnet(net, bits, 'ipv6');

/** Whether an address of IP is one that other servers have. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !PRIVATE.check(address, 'ipv4');
  return isIP(address) === 6 && GLOBAL6.check(address, 'ipv6') && !SPECIAL6.check(address, 'ipv6');
}

export class Refused extends Error {}

/** Where we may go: on the internet by TLS, or in a trial on this machine alone. */
export interface Reach {
  isLocal: boolean;
}

/** The address to go to. Throws `Refused` for everything that no other server has. */
export function checkedUrl(address: string, { isLocal }: Reach): URL {
  const url = URL.parse(address);
  if (!url || url.username !== '' || url.password !== '') throw new Refused(`no address: ${address.slice(0, 200)}`);
  if (url.protocol !== 'https:' && !(isLocal && url.protocol === 'http:')) throw new Refused('not by TLS');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isNumber = isIP(host) > 0;
  if (isLocal ? !(host === 'localhost' || (isNumber && isLoopback(host))) : isNumber && !isPublicAddress(host))
    throw new Refused(`not a public address: ${host}`);
  return url;
}

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** Resolves a name to addresses that may be gone to, at the moment a connection is made. */
export function guardedLookup({ isLocal }: Reach): LookupFunction {
  const isAllowed = ({ address }: LookupAddress) => (isLocal ? isLoopback(address) : isPublicAddress(address));
  return (hostname, { all: wantsAll, family: _family, ...options }, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      // One bad address is enough: nobody else mixes them.
      const [first] = addresses;
      if (!first || !addresses.every(isAllowed))
        return callback(new Refused(`not a public address: ${hostname}`), '', 0);
      if (wantsAll) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}
