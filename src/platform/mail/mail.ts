import { createTransport } from 'nodemailer';

import type { Settings } from '../settings.ts';

const SECONDS = 20_000;

/** A mail in words: paragraphs and at most one button. `language` and direction go with it. */
export interface Mail {
  to: string;
  subject: string;
  language: string;
  dir: 'ltr' | 'rtl';
  paragraphs: readonly string[];
  button?: { words: string; url: string };
}

/** Where mails go. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  /** What was written, newest first: the demo only, where nothing leaves the machine. */
  outbox: readonly (Mail & { at: Date })[] | null;
}

/** Null without a mail server: mails stay queued until there is one. */
export function createMailer(settings: Pick<Settings, 'smtpUrl' | 'mailFrom' | 'demo'>): Mailer | null {
  if (settings.smtpUrl) return smtpMailer(settings.smtpUrl, settings.mailFrom);
  return settings.demo ? outboxMailer() : null;
}

function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: SECONDS,
    greetingTimeout: SECONDS,
    socketTimeout: SECONDS,
  });
  return {
    outbox: null,
    async send(mail) {
      await transport.sendMail({
        from,
        to: { name: '', address: mail.to },
        subject: mail.subject.replaceAll(/[\r\n]+/g, ' '),
        text: textOf(mail),
        headers: { 'Content-Language': mail.language, 'Auto-Submitted': 'auto-generated' },
      });
    },
  };
}

const OUTBOX = 50;

function outboxMailer(): Mailer {
  const outbox: (Mail & { at: Date })[] = [];
  return {
    outbox,
    send: async (mail) => {
      outbox.unshift({ ...mail, at: new Date() });
      outbox.length = Math.min(outbox.length, OUTBOX);
    },
  };
}

/** Plain text says the same to every program, and nobody has to trust hidden links. */
function textOf({ paragraphs, button }: Mail): string {
  return [...paragraphs, ...(button ? [`${button.words}:\n${button.url}`] : [])].join('\n\n') + '\n';
}
