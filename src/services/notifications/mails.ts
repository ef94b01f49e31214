import { setTimeout } from 'node:timers/promises';

import type { T } from '../../platform/i18n.ts';
import type { JobData } from '../../platform/jobs.ts';
import { MailError, type Mailer } from '../../platform/mail/mail.ts';
import type { Letter } from '../house/feature.ts';
import type { House } from '../house/house.ts';
import type { TextRow } from '../texts/texts.reads.ts';

const TRANSLATION_MILLISECONDS = 10_000;
const LOOK_MILLISECONDS = 300;

/** One that waits for a slow mail server, or for a translation, keeps no other waiting. */
const AT_ONCE = 10;

/** Writes and sends the mails of a queue in this process. */
export async function sendMails(house: House, mailer: Mailer, name: string, write: Letter): Promise<void> {
  const send = async (data: JobData) => {
    const mail = await write(house, house.database.em(), data);
    if (!mail) return;
    try {
      await mailer.send(mail);
    } catch (error) {
      if (!(error instanceof MailError)) throw error;
      house.log.warn({ queue: name, reason: error.message, isFinal: error.isFinal }, 'a mail was not sent');
      if (!error.isFinal) throw error;
    }
  };
  await house.jobs.work(name, send, AT_ONCE);
}

/** People should read a reason in their own language: the mail waits a little for a translation that is on its way. */
export async function untilTranslated<R extends TextRow>(read: () => Promise<R | null>): Promise<R | null> {
  for (const end = Date.now() + TRANSLATION_MILLISECONDS; ; await setTimeout(LOOK_MILLISECONDS)) {
    const found = await read();
    if (found?.text.translation?.state !== 'queued' || Date.now() > end) return found;
  }
}

/** The title in the reader's language where it is ready; one that a machine made says so. */
export function labelledTitle({ text: { translation, title } }: TextRow, t: T): string {
  if (translation?.state !== 'ready' || translation.title === null) return title ?? '';
  return translation.origin === 'machine' ? t('mails:machine', { title: translation.title }) : translation.title;
}

/** What was said, in the reader's language where it is ready, and as it was written. */
export function reasonParagraphs({ text: { translation, body } }: TextRow, t: T): string[] {
  const translated = translation?.state === 'ready' ? [translation.body ?? '', t('mails:decision.original')] : [];
  return [...translated, body ?? ''];
}
