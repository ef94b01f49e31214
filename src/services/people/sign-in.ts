import { randomUUIDv7 } from 'node:crypto';
import { domainToASCII, domainToUnicode } from 'node:url';

import { sql } from 'kysely';
import { z } from 'zod';

import type { Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { inSeconds, now } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import { countUse, disguise, spend } from '../../platform/http/rate.ts';
import type { Jobs } from '../../platform/jobs.ts';
import { SignInLink } from './person.entity.ts';
import { findPersonByEmail } from './people.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';

export const SIGN_IN_MAIL = 'mail-sign-in';
const MINUTES = 10;
const MINUTE_SECONDS = 60;
/** Nobody's mailbox is filled with our help, and nobody tries addresses by the thousand. */
const MAILS_A_MAILBOX = 5;
/** From places that had not asked for it: who sits in one of them must not keep its owner out. */
const FIRST_MAILS_A_MAILBOX = 20;
const MAILS_A_MACHINE = 30;
const MAILS_FOR_ALL = 20_000;
const HOUR = 3_600;

/** Both spellings of a domain are one: `bücher.example` is kept as `xn--bcher-kva.example`. */
export const emailInput = z.object({
  email: z
    .string({ error: 'email' })
    .max(254, { error: 'email' })
    .transform((value) => {
      const [, local = '', domain = ''] = /^([^@]*)@([^@]*)$/.exec(value.trim().toLowerCase()) ?? [];
      return `${local}@${domainToASCII(domain)}`;
    })
    .pipe(z.email({ error: 'email' }).max(254, { error: 'email' })),
});

/** As people write it. */
export function shownEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, at)}@${domainToUnicode(email.slice(at + 1))}`;
}

/** Where it arrives: what follows a `+` is for its owner alone. */
const mailboxOf = (email: string): string => email.replace(/\+[^@]*@/, '@');

interface Request {
  email: string;
  language: string;
  returnTo: string;
  address: string;
  secret: string;
}

/**
 * Sends a link to this address, whether somebody has it or not: the answer tells nobody who is registered. A mailbox that has had
 * enough gets nothing more, and nobody is told. Throws 429 to a machine that asks for many.
 */
export async function requestSignIn(
  em: Em,
  jobs: Jobs,
  { email, language, returnTo, address, secret }: Request,
): Promise<void> {
  const [mailbox, place] = [disguise(mailboxOf(email), secret), disguise(address, secret)];
  await spend(em, [
    { bucket: `mails:${place}`, max: MAILS_A_MACHINE, seconds: HOUR },
    { bucket: 'mails', max: MAILS_FOR_ALL, seconds: HOUR },
  ]);
  if (!(await hasRoom(em, mailbox, place))) return;
  await transaction(em, async (inner) => {
    const id = await addLink(inner, { email, language, returnTo });
    await jobs.send(inner, SIGN_IN_MAIL, { link: id }, { newestFirst: true });
  });
}

async function hasRoom(em: Em, mailbox: string, place: string): Promise<boolean> {
  const here = await countUse(em, { bucket: `mail:${mailbox}:${place}`, seconds: HOUR });
  if (here.count === 1) {
    const first = await countUse(em, { bucket: `first-mail:${mailbox}`, seconds: HOUR });
    if (first.count <= FIRST_MAILS_A_MAILBOX) return true;
  }
  const all = await countUse(em, { bucket: `mail:${mailbox}`, seconds: HOUR });
  return all.count < MAILS_A_MAILBOX;
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

/** What a link would do, without doing it; `isOpen` is false when it is used or too old. Null when nobody knows it any more. */
export async function peekLink(em: Em, token: string): Promise<(OpenLink & { isOpen: boolean }) | null> {
  const found = await tables(em, SignInLink)
    .selectFrom('sign_in_link')
    .select(['email', 'returnTo', sql<boolean>`used_at is null and expires_at > now()`.as('isOpen')])
    .where('tokenHash', '=', hashToken(token))
    .executeTakeFirst();
  return found ?? null;
}

/** Uses a link, once. Returns whose it is; `personId` is null for somebody new. Null when it is used or too old. */
export async function useLink(em: Em, token: string): Promise<(OpenLink & { personId: string | null }) | null> {
  const found = await tables(em, SignInLink)
    .updateTable('sign_in_link')
    .set({ usedAt: now })
    .where('tokenHash', '=', hashToken(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returning(['email', 'returnTo'])
    .executeTakeFirst();
  if (!found) return null;
  const person = await findPersonByEmail(em, found.email);
  return { ...found, personId: person?.id ?? null };
}

const inMinutes = (minutes: number) => inSeconds(minutes * MINUTE_SECONDS);
