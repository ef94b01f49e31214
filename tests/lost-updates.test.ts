import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

let polyphony: TestPlatform;
let maria: ApiPerson;
let reads: Visitor;
beforeAll(async () => {
  polyphony = await startPolyphony();
  reads = await polyphony.signIn('María', { language: 'es', roles: ['organizer'] });
  maria = await polyphony.person('María Program', { language: 'es', roles: ['organizer'] });
});
afterAll(() => polyphony.stop());

const EVENT = {
  title: 'Asamblea de los trenes',
  body: 'Hablamos de los trenes nocturnos.',
  startsAt: '2031-10-04T18:00',
  endsAt: '2031-10-04T20:00',
  timeZone: 'Europe/Madrid',
  mode: 'hybrid',
  address: 'Plaza Mayor 3',
};

async function post(path: string, words: object): Promise<{ id: string; tag: string }> {
  const { status, body, headers } = await maria.api('POST', path, words);
  expect(status).toBe(201);
  return { id: body.id, tag: headers.get('ETag') ?? '' };
}

describe('F22: two who change one thing', () => {
  test.each([
    ['the day of an event', 'events', EVENT, { startsAt: '2031-10-05T18:00', endsAt: '2031-10-05T20:00' }],
    ['the seats of an event', 'events', EVENT, { capacity: 40 }],
    ['the place of an idea', 'ideas', { title: 'Trenes', body: 'Queremos trenes nocturnos.' }, { place: 'Vigo' }],
  ])('%s: the second is told, over the API', async (_what, plural, words, change) => {
    const { id, tag } = await post(`/spaces/climate/${plural}`, words);
    const patch = (more: object, match: string) => maria.api('PATCH', `/${plural}/${id}`, more, { 'If-Match': match });
    const first = await patch(change, tag);
    expect(first).toMatchObject({ status: 200, body: { version: 2, text: { title: words.title } } });
    expect(await patch({ body: 'Palabras nuevas del todo.' }, tag)).toMatchObject({
      status: 412,
      body: { version: 2 },
    });
    expect(await patch({ body: 'Palabras nuevas del todo.' }, '"1"')).toMatchObject({ status: 412 });
    const second = await patch({ body: 'Palabras nuevas del todo.' }, first.headers.get('ETag') ?? '');
    expect(second).toMatchObject({ status: 200, body: { ...('place' in change ? change : {}), version: 3 } });
  });

  test('in two tabs: the second sees what the first saved beside her own words, and saves knowingly', async () => {
    const form = { ...EVENT, language: '', version: '' };
    const { location } = await reads.submit('/es/events/new', { ...form, space: 'climate' });
    const path = location?.replace('?posted=1', '') ?? '';
    const [one, other] = [
      { ...form, version: '1', startsAt: '2031-11-01T18:00', endsAt: '2031-11-01T20:00' },
      { ...form, version: '1', address: 'Calle Mayor 1', onlineUrl: 'https://example.org/sala' },
    ];
    expect((await reads.submit(`${path}/edit`, one)).status).toBe(303);
    const late = await reads.submit(`${path}/edit`, other);
    expect(late.status).toBe(412);
    expect(late.text).toContain(onPage('es', 'errors:savedMeanwhile', { value: '2031-11-01T18:00' }));
    expect(late.text).toContain(onPage('es', 'errors:emptiedMeanwhile'));
    expect(late.text).toContain('value="Calle Mayor 1"');
    expect(late.text).toContain('name="version" value="2"');
    const knowing = { ...other, version: '2', startsAt: one.startsAt, endsAt: one.endsAt };
    expect((await reads.submit(`${path}/edit`, knowing)).status).toBe(303);
  });
});

describe('F20: the way back from what was just posted', () => {
  const NEW = '/es/spaces/climate/ideas/new';
  const IDEA = { title: 'Bancos en la sombra', body: 'Queremos más bancos en la sombra.' };
  const send = (more: object = {}) => reads.submit(NEW, { ...IDEA, key: crypto.randomUUID(), ...more });

  test('leads to the same idea when nothing was changed, at once or one after another', async () => {
    const answers = await Promise.all([send(), send()]);
    answers.push(await send());
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1);
    expect((await send({ title: 'Bancos al sol' })).location).not.toBe(answers[0]?.location);
  });

  test('what was withdrawn meanwhile may be posted again', async () => {
    const first = await send({ body: 'Y fuentes.' });
    await reads.submit(`${first.location?.replace('?posted=1', '')}/withdraw`, {});
    expect((await send({ body: 'Y fuentes.' })).location).not.toBe(first.location);
  });

  test('a program that posts twice means it', async () => {
    const [one, two] = [await post('/spaces/climate/ideas', IDEA), await post('/spaces/climate/ideas', IDEA)];
    expect(one.id).not.toBe(two.id);
  });
});
