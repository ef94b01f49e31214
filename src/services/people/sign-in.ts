import { randomUUIDv7 } from 'node:crypto';

import { sql } from 'kysely';
import { z } from 'zod';

import { row, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { HttpError } from '../../platform/http/errors.ts';
import { disguise, spend } from '../../platform/http/rate.ts';
import type { Jobs } from '../../platform/jobs.ts';
import { SignInLink } from './person.entity.ts';
import { findPersonByEmail } from './people.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';

export const SIGN_IN_MAIL = 'mail-sign-in';
const MINUTES = 10;
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
  await em.insert(SignInLink, {
    id,
    tokenHash: null,
    email,
    language,
    returnTo,
    createdAt: new Date(),
    expiresAt: inMinutes(MINUTES),
    usedAt: null,
  });
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
  const found = await row(
    em,
    sql<{
      email: string;
      language: string;
    }>`update sign_in_link set token_hash = ${hashToken(token)}, expires_at = now() + ${`${MINUTES} minutes`}::interval
      where id = ${id} and used_at is null returning email, language`,
  );
  return found && { token, ...found };
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
  await em.nativeUpdate(SignInLink, { id }, { tokenHash: hashToken(token), expiresAt: inMinutes(minutes) });
  return token;
}

export interface OpenLink {
  email: string;
  returnTo: string;
}

/** What a link would do, without doing it. Throws 410 when it is used or too old. */
export async function peekLink(em: Em, token: string): Promise<OpenLink> {
  const found = await row(
    em,
    sql<OpenLink>`select email, return_to as "returnTo" from sign_in_link where token_hash = ${hashToken(token)} and used_at is null and expires_at > now()`,
  );
  if (!found) throw new HttpError(410, 'errors:linkExpired');
  return found;
}

/** Uses a link, once. Returns whose it is; `personId` is null for somebody new. Throws 410 when it is used or too old. */
export async function useLink(em: Em, token: string): Promise<OpenLink & { personId: string | null }> {
  const found = await row(
    em,
    sql<OpenLink>`update sign_in_link set used_at = now() where token_hash = ${hashToken(token)} and used_at is null and expires_at > now()
      returning email, return_to as "returnTo"`,
  );
  if (!found) throw new HttpError(410, 'errors:linkExpired');
  const person = await findPersonByEmail(em, found.email);
  return { ...found, personId: person?.id ?? null };
}

const inMinutes = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);
