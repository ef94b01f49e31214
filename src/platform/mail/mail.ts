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

/** A mail that did not go. The message names no address: it is kept. */
export class MailError extends Error {
  /** This mailbox takes no mail: trying again changes nothing (RFC 5321, 5yz to RCPT or DATA). */
  readonly isFinal: boolean;
  constructor(message: string, isFinal: boolean) {
    super(message);
    this.isFinal = isFinal;
  }
}

/** How it went in this process, so far. */
export type MailCounts = Record<'sent' | 'failed' | 'refused', number>;

/** Where mails go. */
export interface Mailer {
  /** Throws MailError. */
  send(mail: Mail): Promise<void>;
  counts: Readonly<MailCounts>;
  /** What was written, newest first: the demo only, where nothing leaves the machine. */
  outbox: readonly (Mail & { at: Date })[] | null;
}

/** Null without a mail server: mails stay queued until there is one. */
export function createMailer(settings: Pick<Settings, 'smtpUrl' | 'mailFrom' | 'demo'>): Mailer | null {
  if (settings.smtpUrl) return smtpMailer(settings.smtpUrl, settings.mailFrom);
  return settings.demo ? outboxMailer() : null;
}

const transportTo = (url: string) =>
  createTransport({ url, connectionTimeout: SECONDS, greetingTimeout: SECONDS, socketTimeout: SECONDS });

function smtpMailer(url: string, from: string): Mailer {
  const transport = transportTo(url);
  const counts: MailCounts = { sent: 0, failed: 0, refused: 0 };
  return {
    outbox: null,
    counts,
    async send(mail) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: mail.to },
          subject: mail.subject.replaceAll(/[\r\n]+/g, ' '),
          text: textOf(mail),
          headers: { 'Content-Language': mail.language, 'Auto-Submitted': 'auto-generated' },
        });
        counts.sent++;
      } catch (error) {
        const failure = failureOf(error);
        counts[failure.isFinal ? 'refused' : 'failed']++;
        throw failure;
      }
    },
  };
}

function failureOf(error: unknown): MailError {
  const { responseCode, command, code }: { responseCode?: number; command?: string; code?: string } = error ?? {};
  const isFinal = (responseCode ?? 0) >= 500 && /^(RCPT|DATA)/.test(command ?? '');
  const what = responseCode ? `the mail server answered ${responseCode} to ${command}` : (code ?? 'no answer');
  return new MailError(what, isFinal);
}

/** Asks the mail server whether it would take mails from us. Returns what is wrong, or null. */
export async function checkMailServer(url: string): Promise<string | null> {
  const transport = transportTo(url);
  try {
    await transport.verify();
    return null;
  } catch (error) {
    return failureOf(error).message;
  } finally {
    transport.close();
  }
}

const OUTBOX = 50;

function outboxMailer(): Mailer {
  const outbox: (Mail & { at: Date })[] = [];
  const counts: MailCounts = { sent: 0, failed: 0, refused: 0 };
  return {
    outbox,
    counts,
    send: async (mail) => {
      counts.sent++;
      outbox.unshift({ ...mail, at: new Date() });
      outbox.length = Math.min(outbox.length, OUTBOX);
    },
  };
}

/** Plain text says the same to every program, and nobody has to trust hidden links. */
function textOf({ paragraphs, button }: Mail): string {
  return [...paragraphs, ...(button ? [`${button.words}:\n${button.url}`] : [])].join('\n\n') + '\n';
}
