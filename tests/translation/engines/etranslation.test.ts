import { describe, expect, test } from 'vitest';

import { createETranslation } from '#translation/engines/etranslation.ts';
import { keepsTheContract, survivesItsService } from '../../support/engine-contract.ts';
import { ask, listen } from '../../support/stand-ins/asking.ts';
import { startETranslation, type ETranslationOptions } from '../../support/stand-ins/etranslation.ts';
import { field, type StandIn } from '../../support/stand-ins/stand-in.ts';

const [USER, PASSWORD] = ['polyphony-of-elena', 'correct-horse'];
const PAIR = { source: 'es', target: 'mt' };
const SENTENCES = [
  { id: 'a', text: 'Más trenes.' },
  { id: 'b', text: 'Menos\r\n coches.' },
];

const open = async ({ url }: StandIn, options: { deadlineMs?: number } = {}) =>
  createETranslation({ ETRANSLATION_URL: url, ETRANSLATION_USER: USER, ETRANSLATION_PASSWORD: PASSWORD }, options);

async function serving(options: Partial<ETranslationOptions> = {}) {
  const standIn = await startETranslation({ user: USER, password: PASSWORD, ...options });
  const engine = await open(standIn);
  const { callbacks } = engine;
  if (!callbacks) throw new Error('It must answer by callback.');
  const close = async () => {
    await engine.close();
    await standIn.close();
  };
  return { standIn, engine, callbacks, [Symbol.asyncDispose]: close };
}

const delivery = (body: unknown) => ({
  query: new URLSearchParams(),
  contentType: 'application/json',
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('eTranslation', () => {
  keepsTheContract(async () => {
    const { engine, [Symbol.asyncDispose]: close } = await serving();
    return { ...engine, close };
  });

  survivesItsService({
    start: () => startETranslation({ user: USER, password: PASSWORD }),
    open,
    secrets: [PASSWORD, Buffer.from(`${USER}:${PASSWORD}`).toString('base64')],
    pair: PAIR,
    miscounts: 'bad_output',
  });

  test('gets many texts as lines of one snippet, and they come back as such', async () => {
    await using both = await serving();
    expect(await ask(both.engine, { ...PAIR, texts: SENTENCES })).toEqual([
      { id: 'a', text: 'Más trenes. (MT)' },
      { id: 'b', text: 'Menos coches. (MT)' },
    ]);
    const { body } = both.standIn.requests.at(-1) ?? {};
    expect(body).toMatchObject({
      textToTranslate: 'Más trenes.\nMenos coches.',
      sourceLanguage: 'ES',
      targetLanguages: ['MT'],
      domain: 'GEN',
    });
    const address = field(field(field(body, 'notifications'), 'failure'), 'http');
    expect(String(address)).toContain('token=');
  });

  test('an answer that comes twice is read twice with the same result', async () => {
    await using both = await serving();
    both.standIn.deliver({ times: 2 });
    await using listener = await listen();
    await both.callbacks.submit({ ...PAIR, texts: SENTENCES, callbackUrl: listener.url });
    const [first, second] = [await listener.next(), await listener.next()];
    expect(both.callbacks.receive(first, SENTENCES)).toEqual(both.callbacks.receive(second, SENTENCES));
  });

  test.each<[errorCode: number, kind: string]>([
    [-11200, 'quota'],
    [-20028, 'rate_limited'],
    [-90000, 'auth'],
    [-20777, 'bad_request'],
    [-70010, 'unavailable'],
  ])('a failure that comes later, %i, is %s', async (errorCode, kind) => {
    await using both = await serving();
    both.standIn.deliver({ errorCode });
    await expect(ask(both.engine, { ...PAIR, texts: SENTENCES })).rejects.toMatchObject({ kind });
  });

  test.each<[what: string, body: unknown, kind: string]>([
    ['no JSON', 'Más trenes.', 'unavailable'],
    ['a page', '<!doctype html>', 'unavailable'],
    ['another form', { translation: 'x' }, 'unavailable'],
    ['null', null, 'unavailable'],
    ['a line too few', { translatedText: 'Iktar ferroviji.' }, 'bad_output'],
    ['a line too many', { translatedText: 'Iktar\nferroviji.\nInqas karozzi.' }, 'bad_output'],
    ['a refusal in words', { errorCode: '-31000', errorMessage: 'TEXT_TOO_LONG' }, 'too_long'],
    ['a refusal of the language', { errorCode: -20003, errorMessage: 'INVALID_TARGET_LANGUAGE' }, 'unsupported_pair'],
  ])('%s at the callback is %s', async (_what, body, kind) => {
    await using both = await serving();
    expect(() => both.callbacks.receive(delivery(body), SENTENCES)).toThrow(expect.objectContaining({ kind }));
  });

  test('line ends at the end of an answer, and of other machines, are no lines', async () => {
    await using both = await serving();
    const answer = delivery({ errorCode: null, translatedText: ' Iktar ferroviji.\r\nInqas karozzi. \r\n' });
    expect(both.callbacks.receive(answer, SENTENCES).map(({ text }) => text)).toEqual([
      'Iktar ferroviji.',
      'Inqas karozzi.',
    ]);
  });

  test('a hundred texts at the limit fit into one snippet', async () => {
    await using both = await serving();
    const texts = Array.from({ length: 100 }, (_, at) => ({ id: String(at), text: 'a'.repeat(49) }));
    expect(await ask(both.engine, { ...PAIR, texts })).toHaveLength(100);
  });

  test('translates among the 24 languages, waits half an hour, and says that it answers later', async () => {
    await using both = await serving();
    expect(both.engine.pairs()).toHaveLength(24 * 23);
    expect(both.callbacks.patienceMs).toBe(1_800_000);
    expect(both.engine).toMatchObject({ local: false, policy: 'wish' });
    const asked = both.engine.translate({ ...PAIR, texts: SENTENCES });
    await expect(asked).rejects.toMatchObject({ kind: 'bad_request', message: expect.stringContaining('callback') });
  });

  test('a wrong password is said at once', async () => {
    const standIn = await startETranslation({ user: USER, password: 'another' });
    const engine = await open(standIn);
    expect(await engine.health()).toMatchObject({ ok: false, message: expect.stringContaining('refuses the key') });
    await expect(ask(engine, { ...PAIR, texts: SENTENCES })).rejects.toMatchObject({ kind: 'auth' });
    await standIn.close();
  });
});
