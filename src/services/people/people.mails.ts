import { direction } from '#translation/languages.ts';
import type { Em } from '../../platform/db/database.ts';
import type { JobData } from '../../platform/jobs.ts';
import type { Mail } from '../../platform/mail/mail.ts';
import type { House } from '../house/house.ts';
import { issueToken } from './sign-in.ts';

/** The link to sign in with; nothing when it was used or is gone. */
export async function signInMail({ words, settings }: House, em: Em, { link }: JobData): Promise<Mail | null> {
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
