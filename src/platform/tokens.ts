import { createHash, randomBytes } from 'node:crypto';

const BYTES = 32;

/** 256 random bits for a link, a session or an API client. */
export const newToken = (): string => randomBytes(BYTES).toString('base64url');

/** What the database keeps of a token. A fast hash is right for 256 random bits; it would not be for a password. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');
