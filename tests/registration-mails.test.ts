import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { remindOfTomorrow } from '../src/kinds/events/events.mails.ts';
import { rows } from '../src/platform/db/database.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { announceEvent, come, mailAbout, mailsAbout, stay } from './support/registrations.ts';
import { inMail } from './support/words.ts';

let polyphony: TestPlatform;
let giulia: ApiPerson;
let margot: ApiPerson;
let ionut: ApiPerson;
let astrid: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony();
  giulia = await polyphony.person('Giulia', { language: 'it', roles: ['organizer'] });
  margot = await polyphony.person('Margot', { language: 'fr' });
  ionut = await polyphony.person('Ionuț', { language: 'ro' });
  astrid = await polyphony.person('Astrid', { language: 'es' });
});
afterAll(() => polyphony.stop());

const announce = (capacity: number | null, more: object = {}) => announceEvent(giulia, capacity, more);

describe('mails to those who come', () => {
  test('a new time is told to everybody, once', async () => {
    const id = await announce(null);
    await come(ionut, id);
    await come(astrid, id);
    const change = { startsAt: '2031-10-05T10:00', endsAt: '2031-10-05T12:00' };
    await giulia.api('PATCH', `/events/${id}`, change, { 'If-Match': '"1"' });
    // F42, F87: she thinks again at once, and moves it to another street, too.
    const again = { endsAt: '2031-10-05T13:00', address: 'Via Nuova 7' };
    await giulia.api('PATCH', `/events/${id}`, again, { 'If-Match': '"2"' });
    for (const address of ['ionut@example.org', 'astrid@example.org']) {
      const { text = '' } = await mailAbout(polyphony, id, address);
      expect(text).toMatch(/Italia – (Ora Europei Centrale|hora de Europa central)/);
      expect(text).toMatch(/: .+ → .*Via Nuova 7/);
      expect(text).toMatch(/18:00 → .+10:00/);
      expect(text).toMatch(/→ .+13:00/);
      // What changed comes first, then when and where it is now.
      const language = address.startsWith('astrid') ? 'es' : 'ro';
      const [changes = '', now = ''] = text.split(inMail(language, 'mails:changed.now'));
      expect([changes, now].map((part) => part.includes('→'))).toEqual([true, false]);
      expect(now).toContain('Via Nuova 7');
    }
    expect(mailsAbout(polyphony, id)).toHaveLength(2);
    // The next one is an hour later at the soonest.
    await giulia.api('PATCH', `/events/${id}`, { address: 'Via Nuova 9' }, { 'If-Match': '"3"' });
    const [job] = await rows(
      polyphony.em(),
      sql<{ minutes: number }>`select extract(epoch from start_after - now())::int / 60 as minutes from pgboss.job
        where name = 'mail-event-changed' and data->>'event' = ${id} and state = 'created'`,
    );
    expect(job?.minutes).toBeGreaterThan(55);
  });

  test('F44: who registers gets a mail with time and place, who waits one that says so, and all who come one the day before', async () => {
    const id = await announce(1);
    for (const person of [ionut, astrid]) await come(person, id);
    expect((await mailAbout(polyphony, id, 'ionut@example.org', { welcome: true })).text).toContain(
      'Italia – Ora Europei Centrale',
    );
    const waiting = await mailAbout(polyphony, id, 'astrid@example.org', { welcome: true });
    expect(waiting.text).toContain(inMail('es', 'mails:waiting.hint'));
    await rows(
      polyphony.em(),
      sql`update event set starts_at = now() + interval '22 hours', ends_at = now() + interval '24 hours' where subject_id = ${id}`,
    );
    for (let times = 0; times < 2; times++) await remindOfTomorrow(polyphony.running.house);
    const mail = await mailAbout(polyphony, id, 'ionut@example.org');
    expect(mail.subject).toContain(':');
    await eventually(async () => expect(await polyphony.running.house.jobs.waiting()).toBe(0));
    expect(mailsAbout(polyphony, id)).toHaveLength(1);
  });

  test('a cancelled event is told with its reason, in the language of each', async () => {
    const id = await announce(1);
    for (const person of [ionut, astrid]) await come(person, id);
    await giulia.api('POST', `/events/${id}/cancellation`, { reason: 'La sala è chiusa per lavori.' });
    const mail = await mailAbout(polyphony, id, 'astrid@example.org');
    expect(mail.text).toContain('La sala è chiusa per lavori.');
    expect(mail.text).toContain(inMail('es', 'mails:cancelled.hint'));
    await mailAbout(polyphony, id, 'ionut@example.org');
  });

  test('a title full of tricks adds no header and turns nothing round', async () => {
    const id = await announce(1, { title: 'Festa\u202E\r\nBcc: all@example.org', language: 'it' });
    for (const person of [margot, astrid]) await come(person, id);
    await stay(margot, id);
    const mail = await mailAbout(polyphony, id, 'astrid@example.org');
    expect(mail.bcc).toBeUndefined();
    expect(mail.subject).not.toContain('\u202E');
  });

  test('the mail server is away for an hour: the mail comes when it is back, once', async () => {
    const id = await announce(1);
    for (const person of [margot, astrid]) await come(person, id);
    polyphony.mails.setDown(true);
    await stay(margot, id);
    await eventually(async () => {
      const [job] = await jobsOf(id);
      if (job?.state !== 'retry') throw new Error(`the job is ${job?.state}`);
    });
    polyphony.mails.setDown(false);
    await rows(polyphony.em(), sql`update pgboss.job set start_after = now() where state = 'retry'`);
    expect((await mailAbout(polyphony, id, 'astrid@example.org')).text).toContain(id);
    await eventually(async () => {
      const [job] = await jobsOf(id);
      if (job?.state !== 'completed') throw new Error(`the job is ${job?.state}`);
    });
    expect(mailsAbout(polyphony, id)).toHaveLength(1);
  });
});

const jobsOf = (event: string): Promise<{ state: string }[]> =>
  rows(
    polyphony.em(),
    sql<{ state: string }>`select state from pgboss.job where data->>'event' = ${event} and name = 'mail-seat'`,
  );
