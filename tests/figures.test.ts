import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { weekOf } from '../src/edges/statistics/weeks.ts';
import { features } from '../src/features.ts';
import { loadWords, type Words } from '../src/platform/i18n.ts';
import type { Feature } from '../src/services/house/feature.ts';
import type { Participation } from '../src/services/house/figures.ts';
import { countDone } from '../src/services/subjects/spans.ts';
import type { Visitor } from './support/browser-like.ts';
import { figureOf, rowsOf } from './support/figures.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';

const correction: Participation = {
  rows: sql`text_correction k`,
  subject: sql`(select w.subject_id from text w where w.id = k.text_id)`,
  person: sql`k.person_id`,
  moment: sql`k.corrected_at`,
};

/** What `src/` does not count: to say in which language a text is written becomes a way to take part. */
const correcting: Feature = {
  name: 'correcting',
  participations: { correction },
  figures: {
    corrections: {
      place: 45,
      words: 'secretariat:corrections',
      meaning: 'secretariat:correctedMeaning',
      sql: countDone(correction),
      parts: { of: 'correction', column: 'secretariat:correctionsTable' },
    },
  },
};

const week = weekOf(new Date(), 'Europe/Brussels').name;

let polyphony: TestPlatform;
let words: Words;
let lea: ApiPerson;
let jonas: Visitor;
let sofia: Visitor;

beforeAll(async () => {
  polyphony = await startPolyphony({}, { features: [...features, correcting] });
  words = await loadWords();
  lea = await polyphony.person('Léa', { language: 'fr' });
  jonas = await polyphony.signIn('Jonas', { roles: ['moderator'] });
  sofia = await polyphony.signIn('Sofia', { roles: ['secretariat'] });

  const written = { title: 'Trains de nuit', body: 'Des trains de nuit partout.', language: 'it' };
  const { body: idea } = await lea.api('POST', '/spaces/climate/ideas', written);
  const referer = `${polyphony.url}/en/ideas/${idea.id}`;
  const { status } = await jonas.submit(`/en/texts/${idea.text.id}/language`, { language: 'fr' }, { Referer: referer });
  expect(status).toBe(303);
});
afterAll(() => polyphony.stop());

test('A figure that a feature brings along is in the API, with its definition in the language asked', async () => {
  const { body } = await lea.api('GET', `/statistics/weeks/${week}?lang=pt`);
  expect(body.figures).toMatchObject({ ideas: 1, corrections: 1 });
  expect([body.before.corrections, body.total.corrections]).toEqual([0, 1]);
  expect(body.definitions.corrections).toBe(words.in('pt')('secretariat:correctedMeaning'));
  const { body: health } = await lea.api('GET', `/statistics/weeks/${week}?space=health`);
  expect(health.figures.corrections).toBe(0);
});

test('It stands on the page in its place, beside what it means', async () => {
  const t = words.in('en');
  const { text } = await polyphony.visitor().get(`/en/statistics/${week}`);
  const { value, notes } = figureOf(text, t('secretariat:corrections'));
  expect([value, notes.at(-1)]).toEqual(['1', t('secretariat:correctedMeaning')]);
  const order = [...text.matchAll(/<dt>([^<]*)<\/dt>/g)].map(([, name]) => name);
  const neighbours = (['endorsements', 'weekLanguages'] as const).map((name) => t(`statistics:${name}`));
  expect(order.slice(3, 6)).toEqual([neighbours[0], t('secretariat:corrections'), neighbours[1]]);
});

test('It is told by theme and by language, on the desk of the secretariat and in the file', async () => {
  const t = words.in('en');
  const { text: desk } = await sofia.get(`/en/secretariat/${week}`);
  expect(desk).toContain(`<th scope="col" class="number">${t('secretariat:correctionsTable')}</th>`);
  const themes = rowsOf(desk, t('secretariat:byTheme'));
  expect(themes['Climate change and the environment']).toEqual(['1', '0', '0', '1', '0', '']);
  expect(rowsOf(desk, t('secretariat:byLanguage'))).toEqual({ 'français (French)': ['1', '0', '0', '1', '0', ''] });
  const { text: file } = await sofia.get(`/en/secretariat/${week}.csv`);
  const lines = file.split('\r\n');
  for (const line of ['figures,corrections,week,1', 'figures,corrections,total,1', 'theme,climate,corrections,1'])
    expect(lines).toContain(`${line},${week},all`);
  expect(lines).toContain(`language,fr,corrections,1,${week},all`);
});

test('Whoever did what a feature calls an act takes part', async () => {
  const { body } = await lea.api('GET', `/statistics/weeks/${week}`);
  expect(body.figures.participants).toBe(2);
  expect(body.total.participants).toBe(2);
});
