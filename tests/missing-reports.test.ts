import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { weekOf } from '../src/edges/statistics/weeks.ts';
import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { announceEvent } from './support/registrations.ts';
import { inMail, onPage } from './support/words.ts';

let polyphony: TestPlatform;
let giulia: ApiPerson;
let sofia: Visitor;
beforeAll(async () => {
  polyphony = await startPolyphony();
  giulia = await polyphony.person('Giulia', { language: 'es', roles: ['organizer'] });
  sofia = await polyphony.signIn('Sofia', { roles: ['secretariat'] });
});
afterAll(() => polyphony.stop());

const HELD = { startsAt: '2024-03-01T18:00', endsAt: '2024-03-01T20:00' };
const LIST = '/en/secretariat/reports';
const record = (title: string, more: object = {}) => announceEvent(giulia, null, { ...HELD, title, ...more });

describe('F63: reports that are missing', () => {
  test('stand in one list, whatever their week, those that ended longest ago first', async () => {
    const late = await record('Treni di maggio', { startsAt: '2025-05-01T18:00', endsAt: '2025-05-01T20:00' });
    await record('Treni di marzo');
    const told = await record('Treni con relazione');
    await giulia.api('PUT', `/events/${told}/report`, { body: 'Eravamo in tanti.', attendees: 20 });
    await announceEvent(giulia, null, { title: 'Treni futuri' });
    const { status, text } = await sofia.get(LIST);
    expect(status).toBe(200);
    expect(text.indexOf('Treni di marzo')).toBeLessThan(text.indexOf('Treni di maggio'));
    expect(text.indexOf('Treni di marzo')).toBeGreaterThan(0);
    for (const other of ['Treni con relazione', 'Treni futuri']) expect(text).not.toContain(other);
    expect(text).toContain(`/en/secretariat/reports/${late}/ask`);
    const week = weekOf(new Date(), 'Europe/Brussels').name;
    expect((await sofia.get(`/en/secretariat/${week}`)).text).toContain(`href="${LIST}"`);
  });

  test('are asked for by mail in the language of the organizer, once a week', async () => {
    const id = await record('Treni di aprile');
    const ask = () => sofia.submit(`/en/secretariat/reports/${id}/ask`, {});
    expect((await ask()).location).toBe(`${LIST}?sent=1`);
    const mail = await polyphony.mails.next('giulia@example.org');
    expect(mail.subject).toBe(inMail('es', 'mails:asked.subject', { title: 'Treni di aprile' }));
    expect(mail.text).toContain(`/es/events/${id}/report`);
    const { text } = await sofia.get(`${LIST}?sent=1`);
    expect(text).toContain(onPage('en', 'secretariat:asked'));
    expect(text).not.toContain(`/en/secretariat/reports/${id}/ask`);
    expect((await ask()).status).toBe(409);
  });

  test('are asked for by the secretariat alone, and not where none is missing', async () => {
    const id = await record('Treni di giugno');
    const ask = async (visitor: Visitor, of = id) =>
      (await visitor.submit(`/en/secretariat/reports/${of}/ask`, {})).status;
    const carlo = await polyphony.signIn('Carlo', { roles: ['organizer', 'moderator'] });
    expect([await ask(carlo), (await carlo.get(LIST)).status]).toEqual([403, 403]);
    expect([await ask(polyphony.visitor()), (await polyphony.visitor().get(LIST)).status]).toEqual([401, 401]);
    expect(await ask(sofia, await announceEvent(giulia, null, { title: 'Treni di domani' }))).toBe(409);
  });
});

describe('F63: the file of the week', () => {
  const week = weekOf(new Date(), 'Europe/Brussels').name;
  const file = async (language: string, query = '') =>
    (await sofia.get(`/${language}/secretariat/${week}.csv${query}`)).text.split('\r\n');

  test('has the separator that spreadsheets of its language expect, or the one that is asked', async () => {
    expect((await file('en'))[0]).toBe('section,key,key2,value,week,space');
    for (const language of ['es', 'pt']) expect((await file(language))[0]).toBe('section;key;key2;value;week;space');
    expect((await file('es', '?separator=comma'))[0]).toBe('section,key,key2,value,week,space');
    expect((await file('en', '?separator=semicolon'))[0]).toBe('section;key;key2;value;week;space');
    expect((await file('en', '?separator=tab'))[0]).toBe('section\tkey\tkey2\tvalue\tweek\tspace');
  });

  test('has words beside its codes where the page leads to it', async () => {
    await giulia.api('POST', '/spaces/climate/ideas', { title: 'Treni notturni', body: 'Per tutti.', language: 'it' });
    const page = (await sofia.get(`/es/secretariat/${week}`)).text;
    expect(page).toContain(`/es/secretariat/${week}.csv?labels=1`);
    const lines = await file('es', '?labels=1');
    expect(lines[0]).toBe('section;key;key2;value;week;space;section_label;key_label;key2_label');
    const words = (key: Parameters<typeof inMail>[1]) => inMail('es', key);
    const held = lines.find((line) => line.startsWith(`held;hybrid;;0;${week};all;`));
    expect(held).toContain(words('secretariat:modes'));
    expect(held).toContain(words('events:mode.hybrid'));
    expect(lines.find((line) => line.startsWith('language;it;ideas;1;'))).toContain(';italiano;');
    expect(lines.find((line) => line.startsWith('theme;climate;ideas;1;'))).not.toContain(';climate;climate');
  });

  test('speaks of support where nobody commented, and of no comments', async () => {
    const words = { title: 'Treni lenti', body: 'Per tutti.', language: 'it' };
    const { body } = await giulia.api('POST', '/spaces/climate/ideas', words);
    expect((await giulia.api('PUT', `/ideas/${body.id}/endorsement`)).status).toBeLessThan(300);
    const page = (await sofia.get(`/en/secretariat/${week}`)).text;
    const crossed = { across: '1', all: '1', share: '100.0%' };
    expect(page).toContain(onPage('en', 'secretariat:crossing.endorsements', crossed));
    const [comments = ''] = onPage('en', 'secretariat:crossing.comments').split('{{');
    expect(comments).not.toBe('');
    expect(page).not.toContain(comments);
    const supported = (await file('en', '?labels=1')).find((line) => line.startsWith('endorsements-by-languages,it,'));
    expect(supported).toContain(onPage('en', 'secretariat:exchangeEndorsements'));
  });
});
