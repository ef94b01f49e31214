import { setTimeout } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { PageAnswer, Visitor } from './support/browser-like.ts';
import { rowsOf } from './support/figures.ts';
import { faultsIn } from './support/markup.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';
import { onPage } from './support/words.ts';

const PAGE = '/en/admin/translation';
const EURO_A_CHARACTER = 0.01;
/** More than two transactions of the job take. With them goes the space's own title, which nobody has translated into German. */
const MANY = 1_200;
const BUDGET = 5_000;

let polyphony: TestPlatform;
let olga: Visitor;
let maria: ApiPerson;
let jonas: ApiPerson;
let anna: ApiPerson;

beforeAll(async () => {
  const engine = { ...stubEngine({ policy: 'wish' }), name: 'deepl', cost: (all: number) => all * EURO_A_CHARACTER };
  polyphony = await startPolyphony({ TRANSLATION_BUDGETS: `deepl:day:${BUDGET}` }, { engine });
  olga = await polyphony.signIn('Olga', { roles: ['administrator'] });
  maria = await polyphony.person('María', { language: 'es' });
  jonas = await polyphony.person('Jonas', { language: 'de' });
  anna = await polyphony.person('Anna', { language: 'en' });
});
afterAll(() => polyphony.stop());

async function post(
  person: ApiPerson,
  space: string,
  title: string,
  language: string,
): Promise<{ id: string; text: string }> {
  const { status, body } = await person.api('POST', `/spaces/${space}/ideas`, { title, body: `${title}.`, language });
  expect(status).toBe(201);
  return { id: body.id, text: body.text.id };
}

const stateOf = async (text: string, language: string): Promise<string> =>
  (await anna.api('GET', `/texts/${text}/translations/${language}`)).body.state;

const forecast = (space: string, language: string): Promise<PageAnswer> =>
  olga.get(`${PAGE}/backfill?space=${space}&language=${language}`);

const start = (space: string, language: string): Promise<PageAnswer> =>
  olga.submit(`${PAGE}/backfill`, { space, language });

/** Workers look once a second whether an engine is paused. */
async function press(act: 'pause' | 'resume'): Promise<void> {
  await olga.submit(`${PAGE}/engines/deepl/${act}`, {});
  await setTimeout(1_500);
}

/** What the page says of the newest backfill. */
async function newest(): Promise<string> {
  const { text } = await olga.get(PAGE);
  expect(faultsIn(text)).toEqual([]);
  return text.split('class="backfill"')[1]?.split('</li> </ul>')[0] ?? '';
}

const count = async (query: string): Promise<number> => {
  const [row]: { count: number }[] = await polyphony
    .em()
    .getConnection()
    .execute(`select count(*)::int as count from ${query}`);
  return row?.count ?? 0;
};

test('Olga sees what it takes before it starts, and then how it goes', async () => {
  const trains = await post(maria, 'climate', 'Más trenes nocturnos', 'es');
  const rivers = await post(maria, 'climate', 'Ríos limpios', 'es');
  const forest = await post(jonas, 'climate', 'Mehr Wald in der Stadt', 'de');
  const doctor = await post(maria, 'health', 'Un médico en cada pueblo', 'es');
  const secret = await post(maria, 'climate', 'Algo escondido', 'es');
  const emil = await polyphony.person('Emil', { roles: ['moderator'] });
  await polyphony
    .em()
    .getConnection()
    .execute('update subject set closed_at = now(), hidden_at = now() where id = ?', [secret.id]);
  expect(emil.id).toBeTruthy();

  const { text } = await forecast('climate', 'pt');
  const characters = ['Más trenes nocturnos', 'Ríos limpios', 'Mehr Wald in der Stadt'].join('').length * 2 + 3;
  const cost = `€${(characters * EURO_A_CHARACTER).toFixed(2)}`;
  expect(rowsOf(text, onPage('en', 'admin:byEngine'))['Stub']?.slice(0, 2)).toEqual([String(characters), cost]);
  expect(text).toContain(onPage('en', 'admin:guess'));
  expect(text).toMatch(/Translations to make<\/dt><dd>3</);
  expect(await count('translation where backfill_id is not null')).toBe(0);

  expect((await start('climate', 'pt')).location).toBe(`${PAGE}?done=started#backfills`);
  await eventually(async () => expect(await newest()).toContain(`<b>${onPage('en', 'admin:backfill.done')}</b>`));
  const told = await newest();
  expect(told).toContain('100%');
  expect(told).toContain(onPage('en', 'admin:progress.done', { number: 3 }));
  expect(told).toContain('<bdi>Olga</bdi>');
  for (const idea of [trains, rivers, forest]) expect(await stateOf(idea.text, 'pt')).toBe('ready');
  expect(await stateOf(doctor.text, 'pt')).toBe('available');
  expect(await count(`translation where text_id = '${secret.text}'`)).toBe(0);
  expect((await forecast('climate', 'pt')).text).toContain(onPage('en', 'admin:nothingMissing'));
});

test('What people translated is left alone, and what failed is made anew', async () => {
  const { text } = await post(maria, 'digital', 'Internet para todos', 'es');
  const failed = await post(maria, 'digital', 'Datos abiertos', 'es');
  const values = (id: string) => [id, 'fr'];
  await polyphony
    .em()
    .getConnection()
    .execute(
      `insert into translation (text_id, language, human, title, body, state, origin, source_language, wished_at, ready_at)
       values (?, ?, true, 'Internet pour tous', 'Internet pour tous.', 'ready', 'human', 'es', now(), now())`,
      values(text),
    );
  await polyphony
    .em()
    .getConnection()
    .execute(
      `insert into translation (text_id, language, human, state, origin, source_language, wished_at, failure, tries)
       values (?, ?, false, 'failed', 'machine', 'es', now(), 'bad_output', 6)`,
      values(failed.text),
    );
  await start('digital', 'fr');
  await eventually(async () => expect(await stateOf(failed.text, 'fr')).toBe('ready'));
  expect(await count(`translation where text_id = '${text}' and language = 'fr' and not human`)).toBe(0);
});

test('What Olga stops is taken out of the queue, but for what a reader waits for', async () => {
  await press('pause');
  const one = await post(maria, 'values', 'Menos ruido', 'es');
  const other = await post(maria, 'values', 'Más bancos en las plazas', 'es');
  await start('values', ''); // two ideas into four languages each; the space has a title in all of them
  await eventually(async () => expect(await newest()).toContain(onPage('en', 'admin:progress.waiting', { number: 8 })));
  const running = await newest();
  expect(running).toContain(`<b>${onPage('en', 'admin:backfill.running')}</b>`);
  expect(running).toContain(onPage('en', 'admin:timeUnknown'));
  await anna.api('POST', `/texts/${one.text}/translations/en`);
  const [, stop = ''] = /action="([^"]*\/stop)"/.exec(running) ?? [];
  expect((await olga.submit(stop, {})).location).toBe(`${PAGE}?done=stopped#backfills`);
  await eventually(async () =>
    expect(await count(`translation where text_id in ('${one.text}', '${other.text}')`)).toBe(1),
  );
  expect(await newest()).toContain(`<b>${onPage('en', 'admin:backfill.stopped')}</b>`);
  await press('resume');
  await eventually(async () => expect(await stateOf(one.text, 'en')).toBe('ready'));
  expect(await stateOf(other.text, 'en')).toBe('available');
});

test('More than the budget of a day is told as days, and thousands are queued in pieces', async () => {
  await press('pause');
  await writeMany('economy', MANY);
  const { text } = await forecast('economy', 'de');
  expect(text).toMatch(/Translations to make<\/dt><dd>1,200</);
  expect(text).toMatch(/The budget of Stub leaves [\d,]+ characters for now: this takes \d+ days more\./);
  await start('economy', 'de');
  const queued = `translation where language = 'de' and backfill_id is not null and state in ('queued', 'suspended')`;
  await eventually(async () => expect(await count(queued)).toBe(MANY), 30);
  await eventually(async () =>
    expect(await newest()).toContain(onPage('en', 'admin:progress.waiting', { number: '1,200' })),
  );
  const [, stop = ''] = /action="([^"]*\/stop)"/.exec(await newest()) ?? [];
  await olga.submit(stop, {});
  await eventually(async () => expect(await count(queued)).toBe(0), 30);
});

test('A space or a language that is not there is refused, and what was chosen stays in the form', async () => {
  const { status, text } = await forecast('nowhere', 'fr');
  expect(status).toBe(422);
  expect(text).toMatch(/<option value="fr"[^>]* selected/);
  expect(text).toContain(onPage('en', 'errors:invalidField'));
  expect((await start('climate', 'tlh')).status).toBe(422);
  expect((await olga.submit(`${PAGE}/backfills/nothing/stop`, {})).status).toBe(404);
});

/** Spanish ideas of a hundred letters each. */
async function writeMany(space: string, many: number): Promise<void> {
  await polyphony
    .em()
    .getConnection()
    .execute(
      `with ids as materialized (select gen_random_uuid() as subject, gen_random_uuid() as text, n from generate_series(1, ${many}) n),
       subjects as (insert into subject (id, kind, space_id, root_id, text_id, published_at)
         select subject, 'idea', (select subject_id from space where slug = '${space}'), subject, text, now() from ids),
       texts as (insert into text (id, subject_id, version, title, body, language, decided_by, written_at)
         select text, subject, 1, 'Idea ' || n, repeat('a', 100), 'es', 'author', now() from ids)
     insert into idea (subject_id) select subject from ids`,
    );
}

test('Where no engine reads Finnish, Olga is told the command that installs one', async () => {
  await post(jonas, 'world', 'Lisää metsää', 'fi');
  for (const language of ['pt', 'sv'])
    expect((await forecast('world', language)).text).toContain('npm run polyphony -- engine install bergamot');
  expect((await forecast('health', 'pt')).text).not.toContain('engine install bergamot');
});
