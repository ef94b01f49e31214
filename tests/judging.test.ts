import { sql } from 'kysely';
import type { ParsedMail } from 'mailparser';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { Key } from '../locales/keys.ts';
import { row } from '../src/platform/db/database.ts';
import type { Visitor } from './support/browser-like.ts';
import { closeListeners, listen, type Listener } from './support/live.ts';
import { eventually, startPolyphony, type ApiAnswer, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';
import { inMail, onPage } from './support/words.ts';

// A moderator sees what they judge and what it answers, and takes a mistake back with one press: of every kind.

interface Posted {
  id: string;
  page: string;
  noun: Key;
  text: string;
  says: string;
  title: string | null;
  /** Of its author. */
  language: string;
  answers: string | null;
}

let polyphony: TestPlatform;
let maria: ApiPerson;
let joao: ApiPerson;
let emma: Visitor;
let emmasProgram: ApiPerson;
const written: Record<string, Posted> = {};

beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine() });
  maria = await polyphony.person('María', { language: 'es', roles: ['organizer'] });
  joao = await polyphony.person('João', { language: 'pt' });
  emma = await polyphony.signIn('Emma', { roles: ['moderator'] });
  emmasProgram = await polyphony.person('Emma Schmidt', { roles: ['moderator'] });
  const idea = await maria.api('POST', '/spaces/climate/ideas', {
    title: 'Más trenes nocturnos',
    body: 'Hacen falta trenes entre todas las capitales.',
  });
  const comment = await joao.api('POST', `/ideas/${idea.body.id}/comments`, {
    body: 'Os comboios são demasiado caros.',
  });
  const reply = await maria.api('POST', `/ideas/${idea.body.id}/comments`, {
    body: 'Más baratos que los aviones, si todos pagan impuestos.',
    parent: comment.body.id,
  });
  const [startsAt, endsAt] = [2, 1].map((hours) => new Date(Date.now() - hours * 3_600_000).toISOString());
  const event = await maria.api('POST', '/spaces/climate/events', {
    ...{ title: 'Una tarde sobre trenes', body: 'Hablamos de los trenes de toda Europa.', mode: 'in-person' },
    ...{ startsAt, endsAt, timeZone: 'Europe/Madrid', address: 'Casa de cultura' },
  });
  const report = await maria.api('PUT', `/events/${event.body.id}/report`, {
    ...{ title: 'Lo que se dijo', body: 'Todos quieren trenes más baratos.', attendees: 12, ideas: [] },
  });
  const of = (noun: Posted['noun'], { body }: ApiAnswer, plural: string, answers: string | null): Posted => ({
    ...{ id: body.id, page: `/en/${plural}/${body.id}`, noun, text: body.text.id, says: body.text.body, answers },
    ...{ title: body.text.title, language: body.author.handle === 'joao' ? 'pt' : 'es' },
  });
  written['idea'] = of('site:noun.idea', idea, 'ideas', null);
  written['comment'] = of('site:noun.comment', comment, 'comments', 'Hacen falta trenes');
  written['reply'] = of('site:noun.comment', reply, 'comments', 'Os comboios');
  written['event'] = of('site:noun.event', event, 'events', null);
  written['report'] = of('site:noun.report', report, 'reports', 'Hablamos de los trenes');
});
afterEach(closeListeners);
afterAll(() => polyphony.stop());

const one = (kind: string): Posted => written[kind] ?? expect.fail(kind);
const flag = (kind: string, by = joao) => by.api('PUT', `/texts/${one(kind).text}/report`, { reason: 'offensive' });
const isClosed = async (kind: string) =>
  (
    await row(
      polyphony.em(),
      sql<{ closed: boolean }>`select closed_at is not null as closed from subject where id = ${one(kind).id}`,
    )
  )?.closed;
/** The part of a desk that is about one subject. */
const itemOf = (page: string, id: string): string =>
  new RegExp(`<article class="desk-item" id="desk-${id}"[^]*?</article>`).exec(page)?.[0] ?? '';
const answeredIn = (page: string): string => /<section class="answered">[^]*?<\/section>/.exec(page)?.[0] ?? '';

const KINDS = ['idea', 'comment', 'reply', 'event', 'report'];

describe.each(KINDS)('Emma judges one %s', (kind) => {
  test('with its words and what it answers before her, at the desk and where she gives the reason', async () => {
    const { id, page, says, answers } = one(kind);
    // A machine's words say that they are one's, and where the original is.
    const answered = answers ? new RegExp(`en: ${answers}[^]*\\?view=original`) : /^$/;
    const asked = await eventually(async () => {
      const { text } = await emma.get(`${page}/hide`);
      expect(text).toContain(`en: ${says}`);
      expect(answeredIn(text)).toMatch(answered);
      return text;
    });
    for (const shown of [asked, itemOf((await emma.get('/en/moderation')).text, id)]) {
      expect(shown).toContain(`<p>${says}</p>`);
      expect(answeredIn(shown)).toMatch(answered);
    }
  });

  test.each(['her desk', 'its page'])(
    'hides it from %s, reads that she did, and takes it back with one press',
    async (from) => {
      const { id, page, noun } = one(kind);
      await flag(kind);
      const to = from === 'her desk' ? `/en/moderation?flagged=1#desk-${id}` : page;
      const hidden = await emma.submit(`${page}/hide`, { reason: 'Not about trains.', to });
      expect(hidden.location).toBe(to);
      // Script that looks at a page again does not take the words away from the page that she opens.
      await emma.get(to, { 'Sec-Fetch-Dest': 'empty' });
      const next = await openAt(to);
      expect(said(next)).toContain(onPage('en', 'moderation:said.hidden', { what: '' }).trim());
      expect(said(next)).toContain(`<a href="${page}">${onPage('en', noun)}</a>`);
      expect(said((await emma.get('/en/moderation')).text)).toBe('');
      expect(await isClosed(kind)).toBe(true);

      const undone = await emma.submit(/action="([^"]+)"/.exec(said(next))?.[1] ?? '', {
        undo: '1',
        to: '/en/moderation',
      });
      expect([undone.status, undone.location]).toEqual([303, '/en/moderation']);
      const desk = (await emma.get('/en/moderation?flagged=1')).text;
      expect(said(desk)).toContain(onPage('en', 'moderation:said.restored', { what: '' }).trim());
      expect(await isClosed(kind)).toBe(false);
      expect(itemOf(desk, id), 'what was reported waits again').toContain(onPage('en', 'moderation:reason.offensive'));
      expect((await polyphony.visitor().submit(`${page}/restore`, { undo: '1' })).status).toBe(401);
      const again = await emma.submit(`${page}/restore`, { undo: '1' });
      expect(again.status, 'pressed twice').toBe(409);
    },
  );

  test('its author reads in their mails which text it was, hidden and public again', async () => {
    const { id, says, title, language } = one(kind);
    for (const act of ['hidden', 'restored'] as const) {
      const subject = inMail(language, `mails:${act}.subject`);
      const isIt = (each: ParsedMail) => each.subject === subject && each.text?.includes(id);
      await eventually(async () => expect(polyphony.mails.received.filter(isIt)).not.toEqual([]));
      const mail = polyphony.mails.received.find(isIt);
      expect(mail?.text).toContain(inMail(language, `mails:${act}.body`, { title: title ?? says }));
    }
  });
});

/** Of a comment the page leads to where it stands. */
async function openAt(path: string): Promise<string> {
  const answer = await emma.get(path);
  return answer.location ? openAt(answer.location) : answer.text;
}

const said = (page: string): string =>
  /<div class="notice notice--success said">[^]*?<\/form>|<div class="notice notice--success said">[^]*?<\/p>/.exec(
    page,
  )?.[0] ?? '';

describe('every button', () => {
  test.each(['en', 'ar'])('has a name of its own in %s, also where two people say the same', async (language) => {
    for (const { api } of [maria, joao])
      await api('POST', `/ideas/${one('idea').id}/comments`, {
        body: 'Estamos de acuerdo con todo lo que se dice aquí.',
      });
    await flag('comment');
    const { text } = await emma.get(`/${language}/moderation`);
    const desk = /<div class="desk">[^]*/.exec(text)?.[0] ?? '';
    const controls = [
      ...desk.matchAll(/<(button|summary|label|h2 class="desk-title")[^>]*>([^]*?)<\/(?:button|summary|label|h2)>/g),
    ];
    const names = controls.map(([, , words = '']) =>
      words
        .replace(/<[^>]*>/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    );
    const acts = [...desk.matchAll(/<a class="button[^>]*>([^]*?)<\/a>/g)].map(([, words = '']) =>
      words.replace(/<[^>]*>/g, ''),
    );
    expect(acts.length).toBeGreaterThanOrEqual(5);
    for (const all of [names, acts]) expect(all.filter((name, place) => all.indexOf(name) !== place)).toEqual([]);
  });

  test('“100 % certain” says of what', async () => {
    const { text } = await emma.get('/en/moderation');
    expect(text).toMatch(/language recognised, \d+% certain/);
    expect((await emma.get('/es/moderation')).text).toMatch(/idioma reconocido con un \d+\s%\sde certeza/);
  });
});

describe('the count of reports', () => {
  const count = (page: string): string => /data-subject="reports"[^>]*>([^]*?)<\/div>/.exec(page)?.[1] ?? '';

  test('moderators hear of every report and of every look at one; nobody else hears of any', async () => {
    const marias = await listen(polyphony.url, { token: maria.token });
    expect(await marias.watch({ rooms: ['moderation'], lang: 'es' })).toMatchObject({ refused: ['moderation'] });
    await marias.watch({ rooms: ['space:climate', 'statistics', `subject:${one('event').id}`], lang: 'es' });
    const emmas = await listen(polyphony.url, { token: emmasProgram.token });
    expect(await emmas.watch({ rooms: ['moderation'], lang: 'en' })).toMatchObject({ joined: ['moderation'] });
    const nobody: Listener = await listen(polyphony.url);
    expect(await nobody.watch({ rooms: ['moderation'], lang: 'en' })).toMatchObject({ refused: ['moderation'] });

    await flag('event', await polyphony.person('Karl', { language: 'de' }));
    await emmas.heard('flagged', one('event').id);
    const page = (await emma.get('/en/moderation')).text;
    expect(page).toContain('data-rooms="');
    expect(/data-rooms="([^"]*)"/.exec(page)?.[1]).toContain('moderation');
    expect(count(page)).toMatch(/\d+ texts? with open reports/);
    await emma.submit(`/en/events/${one('event').id}/hide`, { reason: 'Not about trains.' });
    await emmas.heard('flags-settled', one('event').id);
    await marias.heard('hidden', one('event').id);
    expect([...marias.lines, ...nobody.lines].filter(({ type }) => type.startsWith('flag'))).toEqual([]);
    const { items } = (await maria.api('GET', '/activity?limit=200')).body;
    expect(items.filter(({ type }: { type: string }) => type.startsWith('flag'))).toEqual([]);
  });
});
