import { rm } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createBergamot } from '../translation/engines/bergamot/bergamot.ts';
import type { Engine } from '../translation/engines/engine.ts';
import type { Visitor } from './support/browser-like.ts';
import { faultsIn } from './support/markup.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { installToys } from './support/toys/installed.ts';
import { onPage } from './support/words.ts';

const PAGE = '/en/admin/translation';
const [WATER, TREES] = [
  'Sauberes Wasser ist ein Recht, und niemand sollte ohne es leben müssen.',
  'Mehr Bäume in unseren Straßen',
];

let folder: string;
let close: () => Promise<void>;
let polyphony: TestPlatform;
let olga: Visitor;
let lukas: ApiPerson;
let amelie: ApiPerson;
/** The directions of all calls, in order; what was asked for by readers apart. */
const [asked, wished]: [string[], string[]] = [[], []];

beforeAll(async () => {
  folder = await installToys(['de-en', 'en-de', 'fr-en', 'en-fr']);
  const options = { budget: 1_500_000_000, guess: () => 290_000_000 };
  const { engine } = await createBergamot({ BERGAMOT_MODELS: folder, TRANSLATION_EAGER: 'bergamot' }, options);
  if (!engine) throw new Error('The toys could not be opened.');
  close = engine.close;
  const told: Engine = {
    ...engine,
    translate: (request) => {
      (request.urgent ? wished : asked).push(`${request.source}-${request.target}`);
      return engine.translate(request);
    },
  };
  polyphony = await startPolyphony({ LANGUAGES: 'de,en,fr' }, { engine: told });
  olga = await polyphony.signIn('Olga', { roles: ['administrator'] });
  lukas = await polyphony.person('Lukas', { language: 'de' });
  amelie = await polyphony.person('Amélie', { language: 'fr' });
});
afterAll(async () => {
  await polyphony.stop();
  await close();
  await rm(folder, { recursive: true });
});

/** Once more where a connection was closed just then. */
async function post(title: string, body: string): Promise<{ id: string; text: { id: string } }> {
  const answer = await eventually(() => lukas.api('POST', '/spaces/climate/ideas', { title, body, language: 'de' }));
  expect(answer.status).toBe(201);
  return answer.body;
}

describe('With neural models on this machine', () => {
  test('Lukas writes in German, and Amélie reads it in French, over an English that is kept', async () => {
    const { id, text } = await post(TREES, WATER);
    await amelie.api('POST', `/texts/${text.id}/translations/fr`);
    await eventually(async () => {
      const { body } = await amelie.api('GET', `/ideas/${id}?lang=fr`);
      expect(body.translation).toMatchObject({
        ...{ state: 'ready', engine: 'bergamot', via: 'en', title: 'Plus d’arbres dans nos rues' },
        body: 'L’eau propre est un droit, et personne ne devrait devoir vivre sans elle.',
      });
    });
    await eventually(async () => {
      const { body } = await amelie.api('GET', `/ideas/${id}?lang=en`);
      expect(body.translation).toMatchObject({ state: 'ready', via: null, title: 'More trees in our streets' });
    });
  });

  test('Olga sees which directions are open, what they take and how fast they are', async () => {
    const { text } = await olga.get(PAGE);
    expect(faultsIn(text)).toEqual([]);
    expect(text).toContain(onPage('en', 'admin:openDirections'));
    expect(text).toMatch(
      /<th scope="row">de → en<\/th>\s*<td class="number">280<\/td>\s*<td class="number">[\d,]+<\/td>/,
    );
    expect(text).not.toContain('engine install bergamot');
  });

  test('the queue drains one pair before it goes on to the next, and Amélie overtakes it', async () => {
    await olga.submit(`${PAGE}/engines/bergamot/pause`, {});
    await setTimeout(1_500);
    asked.length = 0;
    const posted: Awaited<ReturnType<typeof post>>[] = [];
    for (let at = 0; at < 12; at++)
      posted.push(await post(`Hund ${at}`, `der Hund und die Katze ${at}. Hund und Zug ${at * 7}.`));
    await olga.submit(`${PAGE}/engines/bergamot/resume`, {});
    const last = posted.at(-1)?.text.id;
    await amelie.api('POST', `/texts/${last}/translations/fr`);
    await eventually(async () => {
      for (const { id } of posted)
        expect((await amelie.api('GET', `/ideas/${id}?lang=fr`)).body.translation.state).toBe('ready');
    });
    // Twelve texts in two languages: German to English, then the English to French, and perhaps each once more for what was claimed first.
    const changes = asked.filter((direction, at) => direction !== asked[at - 1]);
    expect(changes.length).toBeLessThanOrEqual(6);
    expect(wished.length).toBeGreaterThan(0);
  });
});
