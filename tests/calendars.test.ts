import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { parseCalendar } from './support/calendar.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { announceEvent } from './support/registrations.ts';
import { stubEngine } from './support/stub-engine.ts';
import { inMail } from './support/words.ts';

let polyphony: TestPlatform;
let giulia: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine() });
  giulia = await polyphony.person('Giulia', { language: 'it', roles: ['organizer'] });
});
afterAll(() => polyphony.stop());

const announce = (more: object = {}) => announceEvent(giulia, 2, more);
const read = async (id: string, query = '?view=original') =>
  parseCalendar((await polyphony.visitor().get(`/en/events/${id}.ics${query}`)).text);

describe('a calendar, read by a program that did not write it', () => {
  test('says what, when, where, and that it was cancelled', async () => {
    const id = await announce();
    const [event] = await read(id);
    expect(event).toMatchObject({
      summary: 'Assemblea sui treni notturni',
      location: 'Sala Borsa',
      start: new Date('2031-10-04T16:00:00Z'),
      end: new Date('2031-10-04T18:30:00Z'),
      status: 'CONFIRMED',
    });
    await giulia.api('POST', `/events/${id}/cancellation`, { reason: 'La sala è chiusa.' });
    expect(await read(id)).toMatchObject([{ status: 'CANCELLED', uid: event?.uid }]);
  });

  test('hostile words stay words', async () => {
    const title = 'Festa; BEGIN:VALARM, "x" \\n DTSTART:19700101';
    const body = 'Prima riga\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:truffa\n'.repeat(3);
    const address = 'Via "Roma"; 3,\u202E Bologna';
    const id = await announce({ title, body, address });
    const events = await read(id);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ summary: title });
    expect(events[0]?.description).toContain('END:VEVENT');
  });

  test('F40: hears of a move and of a cancellation, and of words without their marks', async () => {
    const id = await announce({ body: 'Parliamo **insieme** dei [treni](https://example.org/treni).' });
    const [first] = await read(id);
    expect(first).toMatchObject({ sequence: 0, description: expect.stringContaining('Parliamo insieme dei treni') });
    const move = { startsAt: '2031-10-05T18:00', endsAt: '2031-10-05T20:00' };
    await giulia.api('PATCH', `/events/${id}`, move, { 'If-Match': '"1"' });
    expect(await read(id)).toMatchObject([{ sequence: 1, uid: first?.uid }]);
    await giulia.api('POST', `/events/${id}/cancellation`, { reason: 'La sala è chiusa.' });
    expect(await read(id)).toMatchObject([{ sequence: 2, status: 'CANCELLED' }]);
  });

  test('F41: says what a machine translated', async () => {
    const words = { language: 'es', title: 'Asamblea', body: 'Hablamos de los trenes nocturnos.' };
    const id = await announce(words);
    const { body } = await giulia.api('GET', `/events/${id}`);
    await giulia.api('POST', `/texts/${body.text.id}/translations/en`);
    await eventually(async () => {
      const [event] = await read(id, '?view=translation');
      expect(event?.summary).toBe(inMail('en', 'mails:machine', { title: 'en: Asamblea' }));
    });
  });

  test('F81: no line ends within a word, whatever sign somebody types', async () => {
    const id = await announce({ body: 'Prima\u0085BEGIN:VALARM\u2028seconda' });
    const { text } = await polyphony.visitor().get(`/en/events/${id}.ics?view=original`);
    expect(text).not.toMatch(/[\u0085\u2028\u2029]/);
    expect(text).not.toMatch(/^BEGIN:VALARM/m);
  });
});
