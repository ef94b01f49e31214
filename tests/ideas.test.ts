import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';

const SPANISH = 'Debemos invertir más en energías renovables y en el transporte público.';
const PORTUGUESE = 'Devemos investir mais em energias renováveis e no transporte público.';

let polyphony: TestPlatform;
let maria: ApiPerson;
let joao: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony({ TRANSLATION_ENGINES: 'apertium,none' });
  maria = await polyphony.person('María', { language: 'es' });
  joao = await polyphony.person('João', { language: 'pt' });
});
afterAll(() => polyphony.stop());

async function post(person: ApiPerson, body = SPANISH, title = 'Energía limpia para todos'): Promise<string> {
  const answer = await person.api('POST', '/spaces/climate/ideas', { title, body });
  expect(answer.status).toBe(201);
  return answer.body.id;
}

describe('an idea and its readers', () => {
  test('María signs in by mail, posts in Spanish, and João reads it in Portuguese, labelled, the original one step away', async () => {
    const visitor = await polyphony.signIn('María José', { language: 'es' });
    const answer = await visitor.submit('/es/spaces/climate/ideas/new', { title: 'Energía limpia', body: SPANISH });
    expect(answer.status).toBe(303);
    const own = await visitor.get(answer.location ?? '');
    expect(own.text).toContain('Energía limpia');
    const reader = await polyphony.signIn('João Paulo', { language: 'pt' });
    const path = (answer.location ?? '').replace('/es/', '/pt/').replace('?posted=1', '');
    const page = await eventually(async () => {
      const read = await reader.get(path);
      expect(read.text).toContain(PORTUGUESE);
      return read;
    });
    expect(page.text).toContain('Apertium');
    expect(page.text).toContain(SPANISH);
    expect(page.text).toMatch(/action="\/pt\/texts\/[^"]*\/view"/);
    expect((await polyphony.visitor().get(path)).text).toContain(`href="${path}?view=original"`);
    const original = await reader.get(`${path}?view=original`);
    expect(original.text).toMatch(/data-version="translation"[^>]*hidden/);
  });

  test('the API tells the same: language detected, translation ready', async () => {
    const id = await post(maria);
    const idea = await eventually(async () => {
      const answer = await joao.api('GET', `/ideas/${id}?lang=pt`);
      expect(answer.body.translation.state).toBe('ready');
      return answer.body;
    });
    expect(idea).toMatchObject({
      kind: 'idea',
      space: 'climate',
      state: 'open',
      version: 1,
      author: { handle: 'maria' },
      text: { language: 'es', decidedBy: 'detector', body: SPANISH },
    });
    expect(idea.text.confidence).toBeGreaterThan(0.8);
    expect(idea.translation).toMatchObject({
      language: 'pt',
      origin: 'machine',
      engine: 'apertium',
      via: null,
      body: PORTUGUESE,
    });
    const german = await joao.api('GET', `/ideas/${id}?lang=de`);
    expect(german.body.translation.state).toBe('unsupported');
    const spanish = await joao.api('GET', `/ideas/${id}?lang=es`);
    expect(spanish.body.translation).toBeNull();
  });

  test('who reads Spanish is never shown a translation of it', async () => {
    const id = await post(maria);
    const ines = await polyphony.person('Inês', { language: 'pt', reads: ['pt', 'es'] });
    expect((await ines.api('GET', `/ideas/${id}?lang=pt`)).body.translation).toBeNull();
  });
});

describe('changing and withdrawing', () => {
  test('María changes her idea; both versions stay readable, and the new words are translated', async () => {
    const id = await post(maria);
    const changed = await maria.api(
      'PATCH',
      `/ideas/${id}`,
      { body: 'Debemos cuidar los bosques y los ríos.' },
      { 'If-Match': '"1"' },
    );
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      version: 2,
      text: { body: 'Debemos cuidar los bosques y los ríos.', title: 'Energía limpia para todos' },
    });
    const history = await joao.api('GET', `/ideas/${id}/history`);
    expect(history.body.items.map((each: { version: number }) => each.version)).toEqual([2, 1]);
    expect(history.body.items[1].body).toBe(SPANISH);
    await eventually(async () => {
      const read = await joao.api('GET', `/ideas/${id}?lang=pt`);
      expect(read.body.translation).toMatchObject({ state: 'ready' });
      expect(read.body.translation.body).toContain('rios');
    });
    const page = await polyphony.visitor().get(`/es/ideas/${id}/history`);
    expect(page.text).toContain('<del>');
    expect(page.text).toContain('<ins>');
  });

  test('a change of a version that is no longer the last is refused, and one without a version too', async () => {
    const id = await post(maria);
    await maria.api('PATCH', `/ideas/${id}`, { title: 'Otro título' }, { 'If-Match': '"1"' });
    expect((await maria.api('PATCH', `/ideas/${id}`, { title: 'Un tercero' }, { 'If-Match': '"1"' })).status).toBe(412);
    expect((await maria.api('PATCH', `/ideas/${id}`, { title: 'Un tercero' })).status).toBe(428);
    const read = await maria.api('GET', `/ideas/${id}`);
    expect(
      (
        await maria.api(
          'PATCH',
          `/ideas/${id}`,
          { title: 'Un tercero' },
          { 'If-Match': read.headers.get('ETag') ?? '' },
        )
      ).status,
    ).toBe(200);
  });

  test('João may neither change nor withdraw what is María’s', async () => {
    const id = await post(maria);
    expect((await joao.api('PATCH', `/ideas/${id}`, { title: 'Meu' }, { 'If-Match': '"1"' })).status).toBe(403);
    expect((await joao.api('DELETE', `/ideas/${id}`)).status).toBe(403);
  });

  test('a withdrawn idea is gone for everybody but its author', async () => {
    const id = await post(maria);
    expect((await maria.api('DELETE', `/ideas/${id}`)).status).toBe(204);
    const gone = await joao.api('GET', `/ideas/${id}`);
    expect(gone).toMatchObject({ status: 410, body: { state: 'withdrawn' } });
    expect((await polyphony.visitor().get(`/en/ideas/${id}`)).status).toBe(410);
    expect((await maria.api('GET', `/ideas/${id}`)).body.state).toBe('withdrawn');
    expect((await maria.api('PATCH', `/ideas/${id}`, { title: 'Nueva' }, { 'If-Match': '"1"' })).status).toBe(410);
  });
});

describe('where an idea matters', () => {
  test('María names her town; it stands on the page and in the API, and can be taken away again', async () => {
    const posted = await maria.api('POST', '/spaces/climate/ideas', {
      title: 'Árboles en la plaza',
      body: SPANISH,
      place: ' Valladolid ',
    });
    expect(posted.body.place).toBe('Valladolid');
    const page = await polyphony.visitor().get(`/en/ideas/${posted.body.id}`);
    expect(page.text).toContain('<bdi>Valladolid</bdi>');
    const changed = await maria.api('PATCH', `/ideas/${posted.body.id}`, { place: null }, { 'If-Match': '"1"' });
    expect(changed.body).toMatchObject({ place: null, version: 2 });
  });

  test('a place that is too long is refused beside its field, and stays in it', async () => {
    const visitor = await polyphony.signIn('Teresa');
    const place = 'a'.repeat(81);
    const form = await visitor.submit('/en/spaces/climate/ideas/new', {
      title: 'Trees',
      body: 'More trees in our town, please.',
      place,
    });
    expect(form.status).toBe(422);
    expect(form.text).toContain('id="place-error"');
    expect(form.text).toContain(place);
    expect(
      (await maria.api('POST', '/spaces/climate/ideas', { title: 'Trees', body: SPANISH, place })).body.errors,
    ).toMatchObject([{ field: 'place', code: 'tooLong' }]);
  });
});

describe('lists', () => {
  test('the API hands out ideas in slices without losing or doubling one', async () => {
    const ids = [];
    for (let index = 0; index < 5; index++)
      ids.push(await post(maria, `Idea número ${index} sobre los ríos de mi pueblo.`, `Ríos ${index}`));
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await joao.api('GET', `/spaces/climate/ideas?limit=2${cursor}`);
      seen.push(...page.body.items.map((idea: { id: string }) => idea.id));
      cursor = page.body.next ? `&cursor=${page.body.next}` : '';
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.slice(0, 5)).toEqual(ids.toReversed());
  });

  test('a page of ideas can be filtered by the language they were written in', async () => {
    await post(maria, 'Wir brauchen mehr Züge in der Nacht, damit niemand fliegen muss.', 'Nachtzüge für alle Städte');
    const page = await polyphony.visitor().get('/en/ideas?language=de');
    expect(page.text).toContain('Nachtzüge für alle Städte');
    expect(page.text).not.toContain('Energía limpia para todos');
    const empty = await polyphony.visitor().get('/en/ideas?language=mt');
    expect(empty.text).toContain('Malti');
    expect(empty.text).toContain('could be yours');
  });

  test('spaces are told in the reader’s language, by people', async () => {
    const spaces = await joao.api('GET', '/spaces?lang=es');
    expect(spaces.body.items).toHaveLength(10);
    expect(spaces.body.items[0]).toMatchObject({ slug: 'climate', translation: { origin: 'human', language: 'es' } });
    expect((await joao.api('GET', '/spaces/health?lang=en')).body.counts).toMatchObject({ ideas: 0 });
    expect((await joao.api('GET', '/spaces/nowhere')).status).toBe(404);
  });
});

test('addresses without a language lead a browser into its own', async () => {
  const id = await post(maria);
  const visitor = polyphony.visitor();
  expect((await visitor.get(`/o/${id}`, { 'Accept-Language': 'pt' })).location).toBe(`/pt/ideas/${id}`);
  expect((await visitor.get('/s/climate', { 'Accept-Language': 'ar' })).location).toBe('/ar/spaces/climate');
  expect((await visitor.get('/u/maria', { 'Accept-Language': 'es' })).location).toBe('/es/people/maria');
  expect((await visitor.get('/s/CLIMATE')).location).toBe('/en/spaces/climate');
  expect((await visitor.get('/u/Maria')).location).toBe('/en/people/maria');
  expect((await visitor.get('/es/people/maria')).text).toContain('María');
});

test.each([
  ['/ideas?language=xx', 'language'],
  ['/spaces/climate/ideas?language=klingon', 'language'],
  ['/ideas?q=trenes', 'q'],
  ['/events?language=123', 'language'],
  ['/events?country=Italy', 'country'],
  ['/events?q=trenes', 'q'],
])('F62: %s is answered by a sentence, not by nothing', async (path, field) => {
  const { status, body } = await maria.api('GET', path);
  expect(status).toBe(422);
  expect(body.errors).toMatchObject([{ field }]);
});
