import { setTimeout } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';

import { rows } from '../src/platform/db/database.ts';
import { createETranslation } from '../translation/engines/etranslation.ts';
import { letBreaksPass, translationOf } from './support/queue.ts';
import { startETranslation, type ETranslationStandIn } from './support/stand-ins/etranslation.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';

// Over the API and real sockets: the Commission's service posts its answers to the address that came with the request.

let service: ETranslationStandIn;
let platform: TestPlatform;
let ana: ApiPerson;

beforeAll(async () => {
  const say = (text: string, target: string) => (text.startsWith('Nada') ? '<b>' : `${text} (${target})`);
  service = await startETranslation({ user: 'polyphony', password: 'secret', say });
  const engine = createETranslation({
    ETRANSLATION_URL: service.url,
    ETRANSLATION_USER: 'polyphony',
    ETRANSLATION_PASSWORD: 'secret',
  });
  platform = await startPolyphony({}, { engine });
  ana = await platform.person('Ana', { language: 'es' });
});
afterAll(async () => {
  await platform.stop();
  await service.close();
});

async function wish(title: string, body: string): Promise<string> {
  const { body: idea } = await ana.api('POST', '/spaces/climate/ideas', { title, body, language: 'es' });
  await ana.api('POST', `/texts/${idea.text.id}/translations/pt`);
  return idea.text.id;
}

/** Characters the engine was sent, as the operator is told. */
async function used(): Promise<number> {
  await setTimeout(1_200);
  const [use] = await rows(
    platform.em(),
    sql<{ sum: number }>`select coalesce(sum(characters), 0)::int as sum from engine_use`,
  );
  return use?.sum ?? 0;
}

const handedIn = () => service.requests.filter(({ path }) => path === '/askTranslate').length;
const portuguese = async (text: string) => (await ana.api('GET', `/texts/${text}/translations/pt`)).body;

describe('an engine that answers by callback', () => {
  test('is asked once, and its answer appears', async () => {
    const text = await wish('Más trenes', 'Propongo más trenes.\n\nSon limpios.');
    await eventually(async () =>
      expect(await portuguese(text)).toMatchObject({
        state: 'ready',
        title: 'Más trenes (PT)',
        body: 'Propongo más trenes. (PT)\n\nSon limpios. (PT)',
        engine: 'etranslation',
      }),
    );
    expect(handedIn()).toBe(1);
  });

  test('may deliver twice', async () => {
    service.deliver({ times: 2 });
    const text = await wish('Menos coches', 'Propongo menos coches.');
    await eventually(async () => expect((await portuguese(text)).state).toBe('ready'));
    await eventually(async () => expect(service.answered.slice(-2)).toEqual([204, 204]));
    const told = await rows(platform.em(), sql`select 1 from activity where type = 'translated' and text_id = ${text}`);
    expect(told).toHaveLength(1);
  });

  test('may deliver again what could not be kept the first time', async () => {
    const execute = (statement: string) => platform.em().getConnection().execute(statement);
    const before = handedIn();
    await execute('create sequence kept');
    await execute(`create function fail_once() returns trigger language plpgsql as
      $$ begin if nextval('kept') = 1 then raise exception 'The disk is full.'; end if; return new; end $$`);
    await execute('create trigger fail_once before insert on memory execute function fail_once()');
    service.deliver({ times: 2 });
    const text = await wish('Más puentes', 'Propongo más puentes.');
    await eventually(async () => expect((await portuguese(text)).state).toBe('ready'));
    expect(service.answered.slice(-2)).toEqual([500, 204]);
    expect(handedIn()).toBe(before + 1);
    await execute('drop function fail_once cascade');
  });

  test('shows the original and a word about it while it is on its way', async () => {
    service.deliver({ delayMilliseconds: 1_500 });
    const text = await wish('Más bicicletas', 'Propongo más bicicletas.');
    await eventually(async () => expect(handedIn()).toBe(4));
    expect((await portuguese(text)).state).toBe('queued');
    await eventually(async () => expect((await portuguese(text)).state).toBe('ready'));
    expect(handedIn()).toBe(4);
  });

  test('that reports a failure is asked again later', async () => {
    service.deliver({ errorCode: -50000 });
    const text = await wish('Más árboles', 'Propongo más árboles.');
    await eventually(async () => expect(service.answered).toHaveLength(7));
    expect((await portuguese(text)).state).not.toBe('ready');
    await eventually(async () =>
      expect(await translationOf(platform.em(), text, 'pt')).toMatchObject({ state: 'queued', tries: 0 }),
    );
    service.deliver({});
    await eventually(async () => {
      await letBreaksPass(platform.em());
      expect((await portuguese(text)).state).toBe('ready');
    });
  });

  test('whose answer is lost is asked again after half an hour', async () => {
    service.deliver({ times: 0 });
    const text = await wish('Más bibliotecas', 'Propongo más bibliotecas.');
    const asked = handedIn();
    await eventually(async () => expect(handedIn()).toBeGreaterThan(asked - 1));
    await eventually(async () => expect((await translationOf(platform.em(), text, 'pt'))?.engine).toBe('etranslation'));
    service.deliver({});
    await rows(platform.em(), sql`update submission set submitted_at = submitted_at - interval '31 minutes'`);
    await rows(platform.em(), sql`update translation set lease_until = now() where state = 'queued'`);
    await eventually(async () => expect((await portuguese(text)).state).toBe('ready'));
  });

  test('is neither asked nor paid again for one text because the answer to another comes', async () => {
    service.deliver({ times: 0 });
    const late = await wish('Más parques', 'Propongo más parques.');
    await eventually(async () => expect((await translationOf(platform.em(), late, 'pt'))?.engine).toBe('etranslation'));
    service.deliver({});
    await eventually(async () => expect(await used()).toBeGreaterThan(0));
    const [before, asked] = [await used(), handedIn()];
    for (const title of ['Más fuentes', 'Más bancos', 'Más plazas']) {
      const text = await wish(title, title);
      await eventually(async () => expect((await portuguese(text)).state).toBe('ready'));
    }
    expect(handedIn()).toBe(asked + 3);
    // Each of them once, as its title and its body are the same words; figures are written down once a second.
    expect((await used()) - before).toBe('Más fuentesMás bancosMás plazas'.length);
    expect(await translationOf(platform.em(), late, 'pt')).toMatchObject({ state: 'queued', tries: 1 });
  });

  test('that answers the same nonsense each time is given up', async () => {
    const asked = handedIn();
    const text = await wish('Nada', 'Nada.');
    await eventually(async () => {
      await rows(
        platform.em(),
        sql`update translation set lease_until = now() where engine is not null and state = 'queued' and tries > 0`,
      );
      expect((await portuguese(text)).state).toBe('failed');
    });
    expect(handedIn() - asked).toBeLessThanOrEqual(6);
  });

  test('is heard only by the address that was given to it', async () => {
    const knock = (token: string) =>
      fetch(`${platform.url}/api/callbacks/translation/${token}`, { method: 'POST', body: '{"translatedText":"Ha"}' });
    expect((await knock('guessed')).status).toBe(404);
    expect((await knock('x'.repeat(5_000))).status).toBe(404);
  });
});
