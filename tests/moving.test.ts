import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import type { Visitor } from './support/browser-like.ts';
import { closeListeners, listen } from './support/live.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

const WORDS = {
  title: 'Más trenes de noche',
  body: 'Queremos más trenes nocturnos entre las ciudades.',
  language: 'es',
};

let polyphony: TestPlatform;
let maria: Visitor;
let joao: ApiPerson;
let emma: Visitor;
beforeAll(async () => {
  polyphony = await startPolyphony();
  maria = await polyphony.signIn('María', { language: 'es' });
  joao = await polyphony.person('João', { language: 'pt' });
  emma = await polyphony.signIn('Emma', { roles: ['moderator'] });
});
afterAll(async () => {
  closeListeners();
  await polyphony.stop();
});

async function share(title: string, space = 'climate'): Promise<string> {
  const answer = await maria.submit('/es/ideas/new', { ...WORDS, title, space });
  expect(answer.status).toBe(303);
  return /[0-9a-f-]{36}/.exec(answer.location ?? '')?.[0] ?? '';
}

const spaceOf = async (id: string): Promise<string> => (await joao.api('GET', `/ideas/${id}`)).body.space;
const countOf = async (slug: string): Promise<number> => (await joao.api('GET', `/spaces/${slug}`)).body.counts.ideas;
const list = async (slug: string) => (await polyphony.visitor().get(`/en/spaces/${slug}`)).text;

describe('F55: María shares an idea in one step', () => {
  test.each(['/es', '/es/ideas', '/es/events', '/es/spaces', '/es/statistics/2031-W10', '/es/people/joao'])(
    '%s leads to the form',
    async (path) => expect((await maria.get(path)).text).toContain('href="/es/ideas/new"'),
  );

  test('the form asks for the theme, and says when she forgot it', async () => {
    const form = (await maria.get('/es/ideas/new')).text;
    expect(form).toMatch(/<select[^>]* name="space">\s*<option value="" selected>/);
    for (const space of ['', undefined, 'nowhere']) {
      const refused = await maria.submit('/es/ideas/new', space === undefined ? WORDS : { ...WORDS, space });
      expect(refused.status).toBe(422);
    }
    const again = await maria.submit('/es/ideas/new', { ...WORDS, space: '' });
    expect(again.text).toContain(onPage('es', 'errors:spaceRequired'));
    expect(again.text).toContain(`value="${WORDS.title}"`);
  });

  test('on the page of a theme that theme is chosen, and another may be', async () => {
    const form = (await maria.get('/es/spaces/health/ideas/new')).text;
    expect(form).toMatch(/<option value="health"[^>]* selected>/);
    expect((await maria.get('/es/ideas/new?space=health')).text).toMatch(/<option value="health"[^>]* selected>/);
    const posted = await maria.submit('/es/spaces/health/ideas/new', {
      ...WORDS,
      title: 'Otro tema',
      space: 'climate',
    });
    expect(await spaceOf(/[0-9a-f-]{36}/.exec(posted.location ?? '')?.[0] ?? '')).toBe('climate');
  });
});

describe('F55: an idea in the wrong theme', () => {
  test('its author moves it: both themes, their numbers, kept pages, listeners and the history tell', async () => {
    const id = await share('Trenes para todos');
    const before = { climate: await countOf('climate'), health: await countOf('health') };
    expect(await list('climate')).toContain('Trenes para todos');
    expect(await list('health')).not.toContain('Trenes para todos');
    const listeners = [await listen(polyphony.url), await listen(polyphony.url)] as const;
    for (const [at, slug] of ['climate', 'health'].entries())
      await listeners[at]?.watch({ rooms: [`space:${slug}`], lang: 'es' });
    expect((await maria.get(`/es/ideas/${id}`)).text).toContain(`href="/es/ideas/${id}/move"`);
    expect((await maria.get(`/es/ideas/${id}/move`)).text).toMatch(/<option value="climate"[^>]* selected>/);
    expect((await maria.submit(`/es/ideas/${id}/move`, { space: 'health' })).location).toBe(`/es/ideas/${id}`);
    for (const listener of listeners) await listener.heard('moved', id);
    await eventually(async () => {
      expect(await list('climate')).not.toContain('Trenes para todos');
      expect(await list('health')).toContain('Trenes para todos');
      expect(await countOf('climate')).toBe(before.climate - 1);
      expect(await countOf('health')).toBe(before.health + 1);
    }, 2);
    expect(await spaceOf(id)).toBe('health');
    const history = (await polyphony.visitor().get(`/en/ideas/${id}/history`)).text;
    expect(history).toMatch(/<section[^>]*aria-labelledby="moves"[^]*→[^]*María/);
    expect(
      (await joao.api('GET', '/activity?limit=200')).body.items.filter(
        (line: { type: string; subject: string }) => line.type === 'moved' && line.subject === id,
      ),
    ).toHaveLength(2);
  });

  test('once people talk about it only moderators move it, and what was said goes along', async () => {
    const id = await share('Escuelas abiertas');
    const { body } = await joao.api('POST', `/ideas/${id}/comments`, { body: 'De acordo.', alignment: 'for' });
    expect((await maria.get(`/es/ideas/${id}`)).text).not.toContain(`/ideas/${id}/move`);
    expect((await maria.get(`/es/ideas/${id}/move`)).status).toBe(409);
    expect((await maria.submit(`/es/ideas/${id}/move`, { space: 'education' })).status).toBe(409);
    expect((await joao.api('PUT', `/ideas/${id}/space`, { space: 'education' })).status).toBe(403);
    expect((await polyphony.visitor().submit(`/es/ideas/${id}/move`, { space: 'education' })).status).toBe(401);
    expect(await spaceOf(id)).toBe('climate');
    expect((await emma.submit(`/en/ideas/${id}/move`, { space: 'nowhere' })).status).toBe(422);
    expect((await emma.submit(`/en/ideas/${id}/move`, { space: 'education' })).status).toBe(303);
    expect(await spaceOf(id)).toBe('education');
    const [comment] = await rows(
      polyphony.em(),
      sql<{
        slug: string;
      }>`select sp.slug from subject s join space sp on sp.subject_id = s.space_id where s.id = ${body.id}`,
    );
    expect(comment?.slug).toBe('education');
  });
});
