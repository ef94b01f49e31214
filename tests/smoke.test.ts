import { afterAll, beforeAll, expect, test } from 'vitest';

import { startPolyphony, type TestPlatform } from './support/polyphony.ts';

let polyphony: TestPlatform;
beforeAll(async () => {
  polyphony = await startPolyphony();
});
afterAll(() => polyphony.stop());

test('María signs in by mail and posts an idea', async () => {
  const maria = await polyphony.signIn('María', { language: 'es' });
  const form = await maria.get('/es/spaces/climate/ideas/new');
  expect(form.status).toBe(200);
  const answer = await maria.submit('/es/spaces/climate/ideas/new', { title: 'Energía limpia', body: 'Debemos invertir más en energías renovables y en el transporte público.' });
  expect(answer.status).toBe(303);
  const page = await maria.get(answer.location ?? '');
  expect(page.text).toContain('Energía limpia');
});
