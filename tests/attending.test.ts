import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { announceEvent, come, stay } from './support/registrations.ts';
import { inMail, onPage } from './support/words.ts';

let polyphony: TestPlatform;
let giulia: ApiPerson;
let margot: Visitor;
let margotsProgram: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony();
  giulia = await polyphony.person('Giulia', { language: 'it', roles: ['organizer'] });
  margot = await polyphony.signIn('Margot');
  margotsProgram = await polyphony.person('Margot Two');
});
afterAll(() => polyphony.stop());

const register = (id: string) => margot.submit(`/en/events/${id}/register`, {});

test('F44: Margot sees on her page what she comes to, waits for and came to, and nobody else does', async () => {
  const coming = await announceEvent(giulia, null, { title: 'Treni di domani' });
  const full = await announceEvent(giulia, 1, { title: 'Treni per uno' });
  const held = await announceEvent(giulia, null, { title: 'Treni di ieri' });
  const left = await announceEvent(giulia, null, { title: 'Treni lasciati' });
  await come(margotsProgram, full);
  for (const id of [coming, full, held, left]) expect((await register(id)).status).toBe(303);
  await margot.submit(`/en/events/${left}/unregister`, {});
  await rows(
    polyphony.em(),
    sql`update event set starts_at = now() - interval '2 days', ends_at = now() - interval '1 day' where subject_id = ${held} returning 1`,
  );
  const { text } = await margot.get('/en/me');
  const shown = [
    onPage('en', 'events:mine.coming'),
    'Treni di domani',
    onPage('en', 'events:mine.waiting'),
    'Treni per uno',
    onPage('en', 'events:mine.past'),
    'Treni di ieri',
  ].map((words) => text.indexOf(words));
  expect(shown[0]).toBeGreaterThan(0);
  expect(shown).toEqual(shown.toSorted((a, b) => a - b));
  expect(text).not.toContain('Treni lasciati');
  expect((await polyphony.visitor().get('/en/people/margot')).text).not.toContain('Treni di domani');
});

test('F44: the organizer takes the list as a file in which no name is a formula; nobody else does', async () => {
  const id = await announceEvent(giulia, 1);
  const evil = await polyphony.person('Evil');
  await rows(polyphony.em(), sql`update person set name = ${'=cmd;A1'} where id = ${evil.id} returning 1`);
  await come(evil, id);
  await come(margotsProgram, id);
  const path = (language: string) => `/${language}/organize/events/${id}/people.csv`;
  const admin = await polyphony.signIn('Alex', { roles: ['administrator'] });
  const english = await admin.get(path('en'));
  expect(english.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
  expect(english.text.split('\r\n')).toEqual([
    (['organize:number', 'people:name', 'people:handle', 'organize:state'] as const)
      .map((key) => onPage('en', key))
      .join(','),
    `1,"'=cmd;A1",evil,${onPage('en', 'organize:state.registered')}`,
    `2,Margot Two,margot-two,${onPage('en', 'organize:state.waiting')}`,
    '',
  ]);
  expect((await admin.get(path('es'))).text.split('\r\n')[1]).toContain(`1;"'=cmd;A1";evil;`);
  expect((await admin.get(`/en/organize/events/${id}/people`)).text).toContain(`href="${path('en')}"`);
  const otto = await polyphony.signIn('Otto', { roles: ['organizer', 'moderator', 'secretariat'] });
  expect([(await otto.get(path('en'))).status, (await polyphony.visitor().get(path('en'))).status]).toEqual([403, 401]);
  await stay(evil, id);
  expect((await admin.get(path('en'))).text).not.toContain('evil');
});

test('F44: the organizer writes to those who registered, after a question; each gets it as it was written', async () => {
  const marta = await polyphony.signIn('Marta', { roles: ['organizer'] });
  const id = await announceEvent(giulia, 1, { title: 'Treni da scrivere' });
  await rows(
    polyphony.em(),
    sql`update subject set author_id = (select id from person where handle = 'marta') where id = ${id} returning 1`,
  );
  const nuno = await polyphony.person('Nuno', { language: 'es' });
  await come(nuno, id);
  const path = `/en/organize/events/${id}/message`;
  const message = 'Portate una torcia, per favore: la sala è buia.';
  const asked = await marta.submit(path, { message });
  expect(asked.text).toContain(onPage('en', 'organize:messageAsk', { count: 1, number: '1' }));
  expect((await marta.submit(path, { message: ' ' })).status).toBe(422);
  expect((await marta.submit(path, { message, action: 'send' })).location).toBe(`${path}?sent=1`);
  // She presses twice: nobody is told twice.
  expect((await marta.submit(path, { message, action: 'send' })).location).toBe(`${path}?sent=1`);
  const subject = inMail('es', 'mails:message.subject', { title: 'Treni da scrivere' });
  const told = () => polyphony.mails.received.filter((mail) => mail.subject === subject);
  await expect.poll(() => told().length, { timeout: 10_000 }).toBe(1);
  expect(told()[0]?.text).toContain(message);
  expect((await marta.get(path)).text.split(message)).toHaveLength(2);
  expect((await polyphony.visitor().get(`/en/events/${id}`)).text).not.toContain(message);
  const otto = await polyphony.signIn('Olga', { roles: ['moderator', 'administrator'] });
  expect((await otto.submit(path, { message, action: 'send' })).status).toBe(403);
});
