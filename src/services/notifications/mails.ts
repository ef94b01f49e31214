import { setTimeout } from 'node:timers/promises';

import { sql } from 'kysely';

import { direction } from '#translation/languages.ts';
import type { Platform } from '../../platform/platform.ts';
import { row, type Em } from '../../platform/db/database.ts';
import type { T } from '../../platform/i18n.ts';
import { withoutOverrides } from '../../platform/input.ts';
import type { JobData } from '../../platform/jobs.ts';
import type { Mail, Mailer } from '../../platform/mail/mail.ts';
import { DECISION_MAIL } from '../moderation/moderation.ts';
import { issueToken, SIGN_IN_MAIL } from '../people/sign-in.ts';
import type { Kinds } from '../house/kinds.ts';
import { asRead, textColumn, textJoin, type TextRow } from '../texts/texts.reads.ts';

const TRANSLATION_MILLISECONDS = 10_000;
const LOOK_MILLISECONDS = 300;

/** Writes the mail of a job, or null when there is nothing to say any more. By name of the queue. */
export type Letters = Readonly<Record<string, (em: Em, data: JobData) => Promise<Mail | null>>>;

export const ACCOUNT_MAILS = [SIGN_IN_MAIL, DECISION_MAIL];

/** Writes and sends the mails of this platform. Without a mailer nothing works on the queue, and mails wait. */
export async function sendMails({ jobs, database }: Platform, mailer: Mailer, letters: Letters): Promise<void> {
  for (const [name, write] of Object.entries(letters))
    await jobs.work(name, async (data) => {
      const mail = await write(database.em(), data);
      if (mail) await mailer.send(mail);
    });
}

/** To people about their account and what staff decided about their words. */
export function accountLetters(platform: Platform, kinds: Kinds): Letters {
  return {
    [SIGN_IN_MAIL]: (em, data) => signInMail(platform, em, data),
    [DECISION_MAIL]: (em, data) => decisionMail(platform, kinds, em, data),
  };
}

async function signInMail({ words, settings }: Platform, em: Em, { link }: JobData): Promise<Mail | null> {
  const issued = await issueToken(em, String(link));
  if (!issued) return null;
  const { email: to, language, token } = issued;
  const t = words.in(language);
  return {
    to,
    language,
    dir: direction(language) === 'rtl' ? 'rtl' : 'ltr',
    subject: t('mails:signIn.subject'),
    paragraphs: [t('mails:signIn.hello'), t('mails:signIn.body'), t('mails:signIn.ignore')],
    button: { words: t('mails:signIn.button'), url: `${settings.publicUrl}/${language}/sign-in/${token}` },
  };
}

async function decisionMail(
  { words, settings }: Platform,
  kinds: Kinds,
  em: Em,
  { decision }: JobData,
): Promise<Mail | null> {
  const found = await untilTranslated(() => readDecision(em, String(decision)));
  if (!found) return null;
  const language = found.author_language;
  const t = words.in(language);
  const title = withoutOverrides(found.decided_title ?? '');
  return {
    to: found.email,
    language,
    dir: direction(language) === 'rtl' ? 'rtl' : 'ltr',
    subject: t(found.type === 'hidden' ? 'mails:hidden.subject' : 'mails:restored.subject'),
    paragraphs: [
      t(found.type === 'hidden' ? 'mails:hidden.body' : 'mails:restored.body', { title }),
      ...reasonParagraphs(found, t),
    ],
    button: {
      words: t('mails:decision.button'),
      url: `${settings.publicUrl}/${language}${kinds.get(found.decided_kind).path({ id: found.decided_id, rootId: found.decided_id })}`,
    },
  };
}

interface DecisionRow extends TextRow {
  type: 'hidden' | 'restored';
  email: string;
  author_language: string;
  decided_id: string;
  decided_kind: string;
  decided_title: string | null;
}

/** Who reads a reason should read it in their own language: the mail waits a little for a translation that is on its way. */
export async function untilTranslated<R extends TextRow>(read: () => Promise<R | null>): Promise<R | null> {
  for (const end = Date.now() + TRANSLATION_MILLISECONDS; ; await setTimeout(LOOK_MILLISECONDS)) {
    const found = await read();
    if (found?.text.translation?.state !== 'queued' || Date.now() > end) return found;
  }
}

/** What was said, in the reader's language where it is ready, and as it was written. */
export function reasonParagraphs({ text: { translation, body } }: TextRow, t: T): string[] {
  const translated = translation?.state === 'ready' ? [translation.body ?? '', t('mails:decision.original')] : [];
  return [...translated, body ?? ''];
}

async function readDecision(em: Em, id: string): Promise<DecisionRow | null> {
  const author = await row(
    em,
    sql<{
      language: string;
      reads: string[];
    }>`select a.interface_language as language, a.reads from subject s join subject p on p.id = s.parent_id join person a on a.id = p.author_id where s.id = ${id}`,
  );
  if (!author) return null;
  const found = await row(
    em,
    sql<DecisionRow>`select d.type, a.email, a.interface_language as author_language, p.id as decided_id, p.kind as decided_kind, pt.title as decided_title, ${textColumn}
      from subject s join decision d on d.subject_id = s.id ${textJoin(author.language)}
      join subject p on p.id = s.parent_id join text pt on pt.id = p.text_id join person a on a.id = p.author_id
      where s.id = ${id} and a.email is not null`,
  );
  return found && asRead(found, author.reads);
}
