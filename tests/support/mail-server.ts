import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  url: string;
  received: ParsedMail[];
  /** The next mail to this address; waits for it at most ten seconds. */
  next(to: string): Promise<ParsedMail>;
  /** While it is down it takes no mail (451), as a real one does that is being repaired. */
  setDown(isDown: boolean): void;
  /** There is no such mailbox (550), for good. */
  refuse(address: string): void;
  close(): Promise<void>;
}

/** A real SMTP server on loopback that keeps what it gets. */
export async function startMailServer(): Promise<MailServer> {
  const received: ParsedMail[] = [];
  const given = new Set<ParsedMail>();
  const refused = new Set<string>();
  let down = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onMailFrom(_address, _session, done) {
      done(down ? Object.assign(new Error('try again later'), { responseCode: 451 }) : null);
    },
    onRcptTo({ address }, _session, done) {
      done(refused.has(address) ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null);
    },
    onData(stream, _session, done) {
      simpleParser(stream).then(
        (mail) => {
          received.push(mail);
          done();
        },
        (error: Error) => done(error),
      );
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    setDown: (isDown) => void (down = isDown),
    refuse: (to) => void refused.add(to),
    async next(to) {
      for (let wait = 0; wait < 200; wait++) {
        const mail = received.find((each) => !given.has(each) && addressOf(each) === to);
        if (mail) {
          given.add(mail);
          return mail;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`no mail for ${to}; got ${received.map(addressOf).join(', ')}`);
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function addressOf(mail: ParsedMail): string {
  const to = Array.isArray(mail.to) ? mail.to[0] : mail.to;
  return to?.value[0]?.address ?? '';
}
