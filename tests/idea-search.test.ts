import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { fold } from '../src/platform/fold.ts';
import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { announceEvent } from './support/registrations.ts';

let polyphony: TestPlatform;
let joao: ApiPerson;
let bea: Visitor;
let path: string;
beforeAll(async () => {
  polyphony = await startPolyphony();
  joao = await polyphony.person('João', { language: 'pt' });
  const organizer = await polyphony.person('Giulia', { roles: ['organizer'] });
  const held = { startsAt: '2026-03-01T18:00', endsAt: '2026-03-01T20:00' };
  path = `/en/events/${await announceEvent(organizer, null, held)}/report`;
  bea = await polyphony.signIn('Bea', { roles: ['administrator'] });
});
afterAll(() => polyphony.stop());

async function post(title: string, body = 'Discutons ensemble.', language = 'fr'): Promise<string> {
  const { status, body: idea } = await joao.api('POST', '/spaces/climate/ideas', { title, body, language });
  expect(status).toBe(201);
  return idea.id;
}

/** What the search of the report form finds, in its order. */
async function search(sought: string): Promise<string[]> {
  const { text } = await bea.submit(path, { attendees: '', body: '', version: '0', action: 'search', search: sought });
  return [...text.matchAll(/name="ideas" value="([^"]+)"/g)].flatMap(([, id]) => id ?? []);
}

const SPELLINGS: [what: string, written: string, sought: string, language: string][] = [
  ['accents', 'Écoles près des forêts', 'ecoles forets', 'fr'],
  ['accents that are sought', 'Ecoles en ville', 'écoles', 'fr'],
  ['capitals', 'ŽELEZNICE MED MESTI', 'železnice', 'sl'],
  ['capitals that are sought', 'čisté řeky', 'ČISTÉ ŘEKY', 'cs'],
  ['ß', 'Straßenbahnen für alle', 'strassenbahnen', 'de'],
  ['œ', 'Des œuvres au cœur des villes', 'oeuvres coeur', 'fr'],
  ['Greek capitals', 'Περισσότεροι σιδηρόδρομοι και λιγότερος θόρυβος', 'ΘΟΡΥΒΟΣ', 'el'],
  ['Greek accents', 'Καθαρές παραλίες', 'καθαρες', 'el'],
  ['the apostrophe of a keyboard', 'L’eau d’Europe', "l'eau d'europe", 'fr'],
  ['no apostrophe', "Aujourd'hui en vélo", 'aujourdhui', 'fr'],
  ['soft hyphens', 'Grund\u00ADein\u00ADkommen', 'grundeinkommen', 'de'],
  ['soft hyphens that are sought', 'Windkraftanlagen', 'Wind\u00ADkraft', 'de'],
  ['letters without a decomposition', 'Łódź bliżej morza', 'lodz', 'pl'],
  ['Cyrillic capitals', 'Повече влакове', 'ВЛАКОВЕ', 'bg'],
  ['a dotted capital', 'İstasyonlar', 'istasyonlar', 'en'],
  ['Arabic with and without marks', 'مَدارس أكثر', 'مدارس اكثر', 'ar'],
];

describe('F61: the search for ideas in the report form', () => {
  test.each(SPELLINGS)('minds no %s', async (_what, written, sought, language) => {
    const id = await post(written, 'Détails.', language);
    await expect.poll(() => search(sought)).toContain(id);
  });

  test('needs not all words: what has most of them comes first', async () => {
    const both = await post('Pistes cyclables et garages', 'Détails.');
    await post('Pistes pour chevaux', 'Détails.');
    await expect.poll(() => search('pistes garages')).toEqual([both]);
    expect(await search('pistes cyclables gratuites')).toContain(both);
    expect(await search('et navettes spatiales')).not.toContain(both);
  });

  test('finds the words of today, not those of an earlier version', async () => {
    const id = await post('Tramways rapides');
    await expect.poll(() => search('tramways')).toContain(id);
    await joao.api('PATCH', `/ideas/${id}`, { title: 'Téléphériques' }, { 'If-Match': '"1"' });
    await expect.poll(() => search('telepheriques')).toContain(id);
    expect(await search('tramways')).not.toContain(id);
  });

  test('folds what it folded before to the same', () => {
    for (const [, written, sought] of SPELLINGS)
      for (const text of [written, sought]) expect(fold(fold(text))).toBe(fold(text));
  });
});
