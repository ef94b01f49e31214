/** Why a delivery failed, as far as it makes a difference to who has to do something about it. */
export type FailureKind =
  | 'refuses'
  | 'unwanted'
  | 'busy'
  | 'broken'
  | 'moved'
  | 'noName'
  | 'slow'
  | 'certificate'
  | 'address'
  | 'unreachable';

const BY_STATUS: readonly (readonly [RegExp, FailureKind])[] = [
  [/^HTTP 3/, 'moved'],
  [/^HTTP 40[13]$/, 'refuses'],
  [/^HTTP (?:408|425|429|503)$/, 'busy'],
  [/^HTTP 4/, 'unwanted'],
  [/^HTTP 5/, 'broken'],
];
/** What Node and our guard say. */
const BY_WORDS: readonly (readonly [RegExp, FailureKind])[] = [
  [/ENOTFOUND|EAI_AGAIN/, 'noName'],
  [/timeout|ETIMEDOUT/i, 'slow'],
  [/certificate|altnames|\bSSL\b|\bTLS\b.*(?:alert|version)/i, 'certificate'],
  [/not a public address|not by TLS|no address/, 'address'],
];

/** What kind of failure is told by a status, or by the words of an error. */
export const failureKind = (reason: string): FailureKind =>
  [...BY_STATUS, ...BY_WORDS].find(([pattern]) => pattern.test(reason))?.[1] ?? 'unreachable';
