import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';

import { rows } from '../../src/platform/db/database.ts';
import type { Visitor } from './browser-like.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './polyphony.ts';
import { stubEngine } from './stub-engine.ts';

export const BODY = 'Debemos invertir más en energías renovables.';
export const MARTAS = 'Temos de investir mais em energias renováveis.';

export let polyphony: TestPlatform;
export let maria: ApiPerson;
export let joao: ApiPerson;
export let marta: Visitor;
export let ana: Visitor;
export let erin: Visitor;
export let path: string;
export let text: string;

/** Before each test María has an idea that a machine brought into Portuguese; Marta and Ana improve, Erin moderates. */
export function withAnIdea(): void {
  beforeAll(async () => {
    polyphony = await startPolyphony({}, { engine: stubEngine() });
    maria = await polyphony.person('María', { language: 'es' });
    joao = await polyphony.person('João', { language: 'pt' });
    marta = await polyphony.signIn('Marta', { language: 'pt' });
    ana = await polyphony.signIn('Ana', { language: 'pt' });
    erin = await polyphony.signIn('Erin', { roles: ['moderator'] });
  });
  beforeEach(async () => {
    const idea = { title: 'Energía limpia', body: BODY, language: 'es' };
    const { body } = await maria.api('POST', '/spaces/climate/ideas', idea);
    turnTo(body);
    await eventually(async () => expect(await read()).toMatchObject({ state: 'ready', origin: 'machine' }));
  });
  afterAll(() => polyphony.stop());
}

export const read = async () => (await joao.api('GET', `${path}?lang=pt`)).body.translation;
export const improveAt = () => `/pt/texts/${text}/improve/pt`;
export const revisionsAt = (language = 'pt') => `/${language}/texts/${text}/translations/pt`;
export const save = (who: Visitor, body: string, base: string | number, title = 'Energia limpa') =>
  who.submit(improveAt(), { title, body, base: String(base) });
export const valueOf = (page: string, name: string): string | undefined =>
  new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(page)?.[1];
export const numbers = async (): Promise<number[]> =>
  (
    await rows(
      polyphony.em(),
      sql<{ number: number }>`select v.number from translation_revision v join text t on t.subject_id = v.subject_id
        where t.id = ${text} order by v.number`,
    )
  ).map(({ number }) => number);

/** From here on the story is about this idea, or this version of it. */
export function turnTo(idea: { id: string; text: { id: string } }): void {
  path = `/ideas/${idea.id}`;
  text = idea.text.id;
}
