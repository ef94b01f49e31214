import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import type { Visitor } from './support/browser-like.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';
import { onPage } from './support/words.ts';

const TITLE = 'Energía limpia';
const BODY = 'Debemos invertir más en energías renovables.';
const COMMENT = 'Estoy de acuerdo con esta propuesta.';

let polyphony: TestPlatform;
let maria: ApiPerson;
let joao: Visitor;
let path: string;
let text: string;
let comment: string;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine() });
  maria = await polyphony.person('María', { language: 'es' });
  joao = await polyphony.signIn('João', { language: 'pt' });
  ({ path, text } = await post(TITLE));
  const said = await maria.api('POST', `${path}/comments`, { body: COMMENT, alignment: 'for' });
  comment = said.body.text.id;
  await eventually(async () => {
    const page = await shown(polyphony.visitor(), `/pt${path}?comments=oldest`);
    expect(page).toContain(`pt: ${BODY}`);
    expect(page).toContain(`pt: ${COMMENT}`);
  });
});
afterAll(() => polyphony.stop());

async function post(title: string): Promise<{ path: string; text: string }> {
  const { body } = await maria.api('POST', '/spaces/climate/ideas', { title, body: BODY, language: 'es' });
  return { path: `/ideas/${body.id}`, text: body.text.id };
}

/** What the reader sees of a page: words hidden until somebody asks are left out. */
async function shown(who: Visitor, address: string): Promise<string> {
  const { text: page, status } = await who.get(address);
  expect(status).toBe(200);
  return page.replaceAll(
    /<div data-text="[^"]*" data-version="[^"]*"(?: class="[^"]*")? hidden>[^]*?(?=<div data-text|<\/article>|<ul class="meta">)/g,
    '',
  );
}

const choose = (who: Visitor, id: string, view: string, to: string) => who.submit(`/pt/texts/${id}/view`, { view, to });

describe('João turns single texts over', () => {
  test('a small form does it without script, and leads back to the page without what its address asked', async () => {
    const page = (await joao.get(`/pt${path}`)).text;
    const form = `<form method="post" action="/pt/texts/${text}/view">`;
    expect(page).toMatch(new RegExp(`${form}\\s*<input type="hidden" name="view" value="original">`));
    const answer = await choose(joao, text, 'original', `/pt${path}?view=translation&comments=oldest`);
    expect([answer.status, answer.location]).toEqual([303, `/pt${path}?comments=oldest`]);
    expect((await choose(joao, text, 'original', 'https://evil.example/')).location).toBe('/pt');
    expect((await choose(joao, text, 'upside-down', `/pt${path}`)).status).toBe(422);
  });

  test('and sees the original of this text wherever it stands, of others the translation', async () => {
    const other = await post('Trenes nocturnos');
    await eventually(async () => expect(await shown(joao, '/pt/ideas')).toContain('>pt: Trenes nocturnos</a>'));
    await choose(joao, text, 'original', `/pt${path}`);
    for (const address of ['/pt', '/pt/ideas', '/pt/spaces/climate', '/pt/people/maria']) {
      const page = await shown(joao, address);
      expect(page, address).toContain(`>${TITLE}</a>`);
      expect(page, address).toContain('>pt: Trenes nocturnos</a>');
    }
    const page = await shown(joao, `/pt${path}`);
    expect(page).toContain(`<p>${BODY}</p>`);
    expect(page).not.toContain(`pt: ${BODY}`);
    expect(page).toContain(`pt: ${COMMENT}`);
    expect(await shown(joao, `/pt${other.path}`)).toContain(`pt: ${BODY}`);
  });

  test('of a comment too; and back again', async () => {
    await choose(joao, comment, 'original', `/pt${path}`);
    expect(await shown(joao, `/pt${path}`)).not.toContain(`pt: ${COMMENT}`);
    await choose(joao, comment, 'translation', `/pt${path}`);
    expect(await shown(joao, `/pt${path}`)).toContain(`pt: ${COMMENT}`);
  });

  test('what the address asks wins on that page, for every text on it', async () => {
    await choose(joao, text, 'original', `/pt${path}`);
    expect(await shown(joao, `/pt${path}?view=translation`)).toContain(`pt: ${BODY}`);
    expect(await shown(joao, '/pt/ideas?view=translation')).toContain(`>pt: ${TITLE}</a>`);
    const original = await shown(joao, `/pt${path}?view=original`);
    expect(original).not.toContain(`pt: ${COMMENT}`);
    expect(await shown(joao, `/pt${path}`)).not.toContain(`pt: ${BODY}`);
  });

  test('nobody else sees it so, and a stranger has nothing to remember', async () => {
    await choose(joao, text, 'original', `/pt${path}`);
    const ines = await polyphony.signIn('Inês', { language: 'pt' });
    expect(await shown(ines, `/pt${path}`)).toContain(`pt: ${BODY}`);
    expect(await shown(polyphony.visitor(), `/pt${path}`)).toContain(`pt: ${BODY}`);
    expect((await choose(polyphony.visitor(), text, 'original', '/pt')).status).toBe(401);
  });

  test('María writes a new version: his choice is about her idea, not about one version', async () => {
    const idea = await post('Bicicletas');
    await choose(joao, idea.text, 'original', `/pt${idea.path}`);
    await maria.api('PATCH', idea.path, { body: `${BODY} Ahora.` }, { 'If-Match': '"1"' });
    const page = await joao.get(`/pt${idea.path}`);
    await eventually(async () => expect((await joao.get(`/pt${idea.path}`)).text).toContain(`pt: ${BODY} Ahora.`));
    expect(page.status).toBe(200);
    expect(await shown(joao, `/pt${idea.path}`)).not.toContain(`pt: ${BODY} Ahora.`);
  });
});

describe('whose choice is in the address keeps it on their way', () => {
  test('from list to page, through filters and pages and cards', async () => {
    await eventually(async () => expect(await shown(polyphony.visitor(), '/pt/ideas')).toContain(`pt: ${TITLE}`));
    const list = await shown(polyphony.visitor(), '/pt/ideas?view=original&language=es');
    expect(list).toContain(`href="/pt${path}?view=original">${TITLE}</a>`);
    expect(list).toContain('<input type="hidden" name="view" value="original">');
    expect(list).toContain('class="chip" href="/pt/ideas?view=original"');
    const home = await shown(polyphony.visitor(), '/pt?view=original');
    expect(home).toContain(`href="/pt${path}?view=original"`);
    expect(home).toContain('href="/pt/ideas?view=original"');
    const page = await shown(polyphony.visitor(), `/pt${path}?view=original&comments=oldest`);
    expect(page).toContain(`href="/pt${path}?comments=oldest&amp;view=translation" data-swap="${text}"`);
    expect((await polyphony.visitor().get('/pt/events?view=original')).text).toContain(
      '<input type="hidden" name="view" value="original">',
    );
  });

  test('without it their links stay plain', async () => {
    expect(await shown(polyphony.visitor(), '/pt/ideas')).toContain(`href="/pt${path}">pt: ${TITLE}</a>`);
  });

  test('pages of a long list and of comments carry it', async () => {
    await Promise.all(Array.from({ length: 21 }, (_, index) => post(`Idea número ${index}`)));
    const say = (number: number) =>
      maria.api('POST', `${path}/comments`, { body: `${COMMENT} ${number}`, alignment: 'for' });
    await Promise.all(Array.from({ length: 21 }, (_, index) => say(index)));
    const list = (await polyphony.visitor().get('/pt/spaces/climate?view=original')).text;
    expect(list).toContain('href="/pt/spaces/climate?page=2&amp;view=original"');
    const page = (await polyphony.visitor().get(`/pt${path}?view=original`)).text;
    expect(page).toContain(`href="/pt${path}?comments=newest&amp;commentPage=2&amp;view=original#comments"`);
    expect(page).toContain(`href="/pt${path}?comments=oldest&amp;view=original#comments"`);
  });
});

describe('what a person has set holds everywhere', () => {
  test('who reads Spanish is never shown a translation of it, whatever they chose before', async () => {
    const ines = await polyphony.signIn('Inês Lê', { language: 'pt' });
    await choose(ines, text, 'translation', '/pt');
    await rows(polyphony.em(), sql`update person set reads = '{pt,es}' where name = 'Inês Lê'`);
    for (const address of ['/pt', '/pt/ideas', `/pt${path}`, '/pt/people/maria'])
      expect((await ines.get(address)).text, address).not.toContain('pt: ');
  });

  test('who wants the original first gets it, except where they chose otherwise', async () => {
    const rui = await polyphony.signIn('Rui', { language: 'pt' });
    await rows(polyphony.em(), sql`update person set shows_first = 'original' where name = 'Rui'`);
    expect(await shown(rui, `/pt${path}`)).not.toContain(`pt: ${BODY}`);
    await choose(rui, text, 'translation', '/pt');
    const page = await shown(rui, `/pt${path}`);
    expect(page).toContain(`pt: ${BODY}`);
    expect(page).not.toContain(`pt: ${COMMENT}`);
    expect(page).toContain(onPage('pt', 'texts:showOriginal'));
  });

  test('a mail in a language its reader knows comes as it was written', async () => {
    const reason = 'This text is about a private person, and not about energy.';
    const emma = await polyphony.signIn('Emma', { roles: ['moderator'] });
    for (const [name, reads] of [
      ['Lena', ['pt', 'en']],
      ['Luís', ['pt']],
    ] as const) {
      const author = await polyphony.person(name, { language: 'pt', reads: [...reads] });
      const idea = { title: 'Energia', body: 'Precisamos de energia limpa.', language: 'pt' };
      const { body } = await author.api('POST', '/spaces/climate/ideas', idea);
      await emma.submit(`/en/ideas/${body.id}/hide`, { reason });
      const mail = await eventually(async () => {
        const found = polyphony.mails.received.find((each) => each.text?.includes(body.id));
        expect(found).toBeDefined();
        return found;
      });
      expect(mail?.text).toContain(reason);
      expect(mail?.text?.includes(`pt: ${reason}`), name).toBe(name === 'Luís');
    }
  });
});
