import { randomUUIDv7 } from 'node:crypto';

import { z } from 'zod';

import type { Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { inSeconds, now } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import { HttpError } from '../../platform/http/errors.ts';
import { disguise, spend } from '../../platform/http/rate.ts';
import type { Jobs } from '../../platform/jobs.ts';
import { SignInLink } from './person.entity.ts';
import { findPersonByEmail } from './people.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';

export const SIGN_IN_MAIL = 'mail-sign-in';
const MINUTES = 10;
const MINUTE_SECONDS = 60;
/** Nobody's mailbox is filled with our help, and nobody tries addresses by the thousand. */
const MAILS_AN_ADDRESS = 5;
const MAILS_A_MACHINE = 30;
const HOUR = 3_600;

export const emailInput = z.object({
  email: z
    .string({ error: 'email' })
    .max(254, { error: 'email' })
    .transform((value) => value.trim().toLowerCase())
    .pipe(z.email({ error: 'email' })),
});

interface Request {
  email: string;
  language: string;
  returnTo: string;
  address: string;
  secret: string;
}

/** Sends a link to this address, whether somebody has it or not: the answer tells nobody who is registered. Throws 429. */
export async function requestSignIn(
  em: Em,
  jobs: Jobs,
  { email, language, returnTo, address, secret }: Request,
): Promise<void> {
  await spend(em, [
    { bucket: `mail:${disguise(email, secret)}`, max: MAILS_AN_ADDRESS, seconds: HOUR },
    { bucket: `mails:${disguise(address, secret)}`, max: MAILS_A_MACHINE, seconds: HOUR },
  ]);
  await transaction(em, async (inner) => {
    const id = await addLink(inner, { email, language, returnTo });
    await jobs.send(inner, SIGN_IN_MAIL, { link: id });
  });
}

async function addLink(
  em: Em,
  { email, language, returnTo }: Pick<Request, 'email' | 'language' | 'returnTo'>,
): Promise<string> {
  const id = randomUUIDv7();
  await tables(em, SignInLink)
    .insertInto('sign_in_link')
    .values({ id, email, language, returnTo, createdAt: now, expiresAt: inMinutes(MINUTES) })
    .execute();
  return id;
}

export interface IssuedLink {
  token: string;
  email: string;
  language: string;
}

/** Makes the token of a link at the moment its mail is written; the ten minutes begin now. Null when it was used or is gone. */
export async function issueToken(em: Em, id: string): Promise<IssuedLink | null> {
  const token = newToken();
  const found = await tables(em, SignInLink)
    .updateTable('sign_in_link')
    .set({ tokenHash: hashToken(token), expiresAt: inMinutes(MINUTES) })
    .where('id', '=', id)
    .where('usedAt', 'is', null)
    .returning(['email', 'language'])
    .executeTakeFirst();
  return found ? { token, ...found } : null;
}

/** A link for the operator or the demo, who hand it over themselves. */
export async function createLink(
  em: Em,
  {
    email,
    language,
    minutes = MINUTES,
    returnTo = `/${language}`,
  }: { email: string; language: string; minutes?: number; returnTo?: string },
): Promise<string> {
  const token = newToken();
  const id = await addLink(em, { email, language, returnTo });
  await tables(em, SignInLink)
    .updateTable('sign_in_link')
    .set({ tokenHash: hashToken(token), expiresAt: inMinutes(minutes) })
    .where('id', '=', id)
    .execute();
  return token;
}

export interface OpenLink {
  email: string;
  returnTo: string;
}

/** What a link would do, without doing it. Throws 410 when it is used or too old. */
export async function peekLink(em: Em, token: string): Promise<OpenLink> {
  const found = await tables(em, SignInLink)
    .selectFrom('sign_in_link')
    .select(['email', 'returnTo'])
    .where('tokenHash', '=', hashToken(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
  if (!found) throw new HttpError(410, 'errors:linkExpired');
  return found;
}

/** Uses a link, once. Returns whose it is; `personId` is null for somebody new. Throws 410 when it is used or too old. */
export async function useLink(em: Em, token: string): Promise<OpenLink & { personId: string | null }> {
  const found = await tables(em, SignInLink)
    .updateTable('sign_in_link')
    .set({ usedAt: now })
    .where('tokenHash', '=', hashToken(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returning(['email', 'returnTo'])
    .executeTakeFirst();
  if (!found) throw new HttpError(410, 'errors:linkExpired');
  const person = await findPersonByEmail(em, found.email);
  return { ...found, personId: person?.id ?? null };
}

const inMinutes = (minutes: number) => inSeconds(minutes * MINUTE_SECONDS);
