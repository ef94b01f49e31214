import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import { weekOf } from '../src/edges/statistics/weeks.ts';

import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';
import { stubEngine } from './support/stub-engine.ts';

let polyphony: TestPlatform;
let maria: ApiPerson;
let joao: ApiPerson;
let emma: ApiPerson;
let idea: string;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine() });
  maria = await polyphony.person('María', { language: 'es' });
  joao = await polyphony.person('João', { language: 'pt' });
  emma = await polyphony.person('Emma', { language: 'en', roles: ['moderator'] });
  const posted = await maria.api('POST', '/spaces/climate/ideas', {
    title: 'Trenes nocturnos',
    body: 'Queremos trenes nocturnos entre todas las capitales de Europa.',
  });
  idea = posted.body.id;
});
afterAll(() => polyphony.stop());

describe('talking about an idea', () => {
  test('João is against, in Portuguese; María reads it in Spanish and replies below it', async () => {
    const against = await joao.api('POST', `/ideas/${idea}/comments`, {
      body: 'É melhor reparar primeiro os comboios que temos durante o dia.',
      alignment: 'against',
    });
    expect(against).toMatchObject({
      status: 201,
      body: { kind: 'comment', root: idea, parent: null, alignment: 'against', text: { language: 'pt' } },
    });
    const reply = await maria.api('POST', `/subjects/${idea}/comments`, {
      body: 'Podemos hacer las dos cosas al mismo tiempo.',
      parent: against.body.id,
    });
    expect(reply.body).toMatchObject({ parent: against.body.id, alignment: null });
    const nested = await joao.api('POST', `/ideas/${idea}/comments`, {
      body: 'Com que dinheiro vamos fazer isso tudo?',
      parent: reply.body.id,
    });
    expect(nested.body.parent).toBe(against.body.id);
    const read = await eventually(async () => {
      const list = await maria.api('GET', `/ideas/${idea}/comments?lang=es&sort=oldest`);
      expect(list.body.items[0].translation.state).toBe('ready');
      return list.body;
    });
    expect(read.items.map(({ id }: { id: string }) => id)).toEqual([against.body.id, reply.body.id, nested.body.id]);
    expect(read.items[0].translation).toMatchObject({ language: 'es', engine: 'stub' });
    expect(read.items[1].translation).toBeNull();
  });

  test('the page shows alignments, replies and their number, and how many comments there are', async () => {
    const page = await polyphony.visitor().get(`/es/ideas/${idea}`);
    expect(page.text).toContain('class="tally"');
    expect(page.text).toContain('class="replies"');
    await eventually(async () =>
      expect((await maria.api('GET', `/ideas/${idea}`)).body.counts).toMatchObject({ comments: 3 }),
    );
  });

  test('a comment has an address that leads to where it stands', async () => {
    const { body } = await maria.api('GET', `/ideas/${idea}/comments`);
    const [{ id }] = body.items;
    const answer = await polyphony.visitor().get(`/en/comments/${id}`);
    expect(answer.location).toBe(`/en/ideas/${idea}?commentPage=1#c-${id}`);
    expect((await polyphony.visitor().get(`/o/${id}`)).location).toBe(`/en/comments/${id}`);
  });

  test('sixty comments come in pages, newest or oldest first, none lost or doubled', async () => {
    const other = await maria.api('POST', '/spaces/health/ideas', {
      title: 'Médicos de familia',
      body: 'Necesitamos más médicos de familia en los pueblos.',
    });
    for (let number = 0; number < 60; number++)
      await joao.api('POST', `/ideas/${other.body.id}/comments`, {
        body: `Concordo pela razão número ${number}.`,
        alignment: 'for',
      });
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const cursor: string = next ? `&cursor=${next}` : '';
      const list = await maria.api('GET', `/ideas/${other.body.id}/comments?limit=25${cursor}`);
      seen.push(...list.body.items.map(({ id }: { id: string }) => id));
      next = list.body.next;
      // F24: while others write and take back, no page repeats or skips.
      if (seen.length === 25) {
        const late = await joao.api('POST', `/ideas/${other.body.id}/comments`, {
          body: 'Mais uma.',
          alignment: 'for',
        });
        await rows(
          polyphony.em(),
          sql`update subject set withdrawn_at = now(), closed_at = now() where id = ${late.body.id}`,
        );
      }
    }
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
    const oldest = await maria.api('GET', `/ideas/${other.body.id}/comments?sort=oldest&limit=1`);
    expect(oldest.body.items[0].id).toBe(seen.at(-1));
    const second = await polyphony.visitor().get(`/es/ideas/${other.body.id}?commentPage=2`);
    expect(second.text.match(/<article class="comment"/g)).toHaveLength(20);
  });

  test('F74: five replies stand under a comment, the rest is a link away, and programs get all', async () => {
    const { body: parent } = await maria.api('POST', `/ideas/${idea}/comments`, { body: '¿Quién viene en tren?' });
    const answers: string[] = [];
    for (let number = 1; number <= 12; number++)
      answers.push(
        (await joao.api('POST', `/ideas/${idea}/comments`, { body: `Eu, e mais ${number}.`, parent: parent.id })).body
          .id,
      );
    const reader = polyphony.visitor();
    const shownOn = async (path: string) => {
      const { text } = await reader.get(path);
      return answers.filter((id) => text.includes(`id="c-${id}"`));
    };
    expect(await shownOn(`/es/ideas/${idea}`)).toEqual(answers.slice(0, 5));
    const { text } = await reader.get(`/es/ideas/${idea}`);
    expect(text).toContain(onPage('es', 'comments:moreReplies', { count: 7 }));
    const [, more = ''] = new RegExp(`href="([^"]*replies=${parent.id}[^"]*)"`).exec(text) ?? [];
    expect(await shownOn(more.replaceAll('&amp;', '&').replace(/#.*/, ''))).toEqual(answers);
    const { location } = await reader.get(`/es/comments/${answers.at(-1)}`);
    expect(await shownOn(location?.replace(/#.*/, '') ?? '')).toContain(answers.at(-1));
    const first = await maria.api('GET', `/ideas/${idea}/comments?limit=100`);
    const listed = first.body.items.find(({ id }: { id: string }) => id === parent.id);
    expect(listed.counts).toEqual({ replies: 12 });
    expect(first.body.items.filter(({ parent: of }: { parent: string }) => of === parent.id)).toHaveLength(5);
    const page = await maria.api('GET', `/comments/${parent.id}/replies?limit=10`);
    const rest = await maria.api('GET', `/comments/${parent.id}/replies?limit=10&cursor=${page.body.next}`);
    const all = [...page.body.items, ...rest.body.items].map(({ id }: { id: string }) => id);
    expect(all).toEqual(answers);
  });

  test('a form that says nothing comes back with an error, a signed-out one with the words', async () => {
    const visitor = await polyphony.signIn('Teresa', { language: 'es' });
    const empty = await visitor.submit(`/es/subjects/${idea}/comments`, { body: '  ', alignment: 'for' });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('id="body-error"');
    const out = await polyphony
      .visitor()
      .submit(`/es/subjects/${idea}/comments`, { body: 'Esto lo escribí antes de salir.' });
    expect(out.status).toBe(401);
    expect(out.text).toContain('Esto lo escribí antes de salir.');
  });

  test('María changes and withdraws what is hers, João may not', async () => {
    const { body: comment } = await maria.api('POST', `/ideas/${idea}/comments`, { body: 'Esto está mal escrito.' });
    const visitor = await polyphony.signIn('Pilar', { language: 'es' });
    expect((await visitor.submit(`/es/comments/${comment.id}/edit`, { body: 'No', version: '1' })).status).toBe(403);
    const own = await visitor.submit(`/es/subjects/${idea}/comments`, {
      body: 'Mi comentario con una errata.',
      alignment: 'neutral',
    });
    const [, id = ''] = /#c-([0-9a-f-]+)/.exec(own.location ?? '') ?? [];
    expect(
      (await visitor.submit(`/es/comments/${id}/edit`, { body: 'Mi comentario sin erratas.', version: '1' })).status,
    ).toBe(303);
    expect((await visitor.get(`/es/ideas/${idea}`)).text).toContain('Mi comentario sin erratas.');
    expect((await visitor.submit(`/es/comments/${id}/withdraw`, {})).status).toBe(303);
    expect((await polyphony.visitor().get(`/es/comments/${id}`)).status).toBe(410);
  });

  test('hiding the idea closes its comments; restoring brings them back, but not the one that was hidden by itself', async () => {
    const posted = await maria.api('POST', '/spaces/climate/ideas', {
      title: 'Bosques',
      body: 'Debemos cuidar los bosques de nuestra región.',
    });
    const { id } = posted.body;
    const kept = await joao.api('POST', `/ideas/${id}/comments`, { body: 'Concordo com esta ideia dos bosques.' });
    const hidden = await joao.api('POST', `/ideas/${id}/comments`, { body: 'Isto não serve para nada, ninguém quer.' });
    const moderator = await polyphony.signIn('Aoife', { roles: ['moderator'] });
    expect(
      (await moderator.submit(`/en/comments/${hidden.body.id}/hide`, { reason: 'Not about the idea.' })).status,
    ).toBe(303);
    await moderator.submit(`/en/ideas/${id}/hide`, { reason: 'To be looked at.' });
    expect((await maria.api('GET', `/subjects/${kept.body.id}/comments`)).status).toBe(410);
    expect(
      (await emma.api('POST', `/ideas/${id}/comments`, { body: 'Is this still open to talk about?' })).status,
    ).toBe(410);
    await moderator.submit(`/en/ideas/${id}/restore`, { reason: 'It is fine.' });
    const list = await maria.api('GET', `/ideas/${id}/comments`);
    expect(list.body.items.map((each: { id: string }) => each.id)).toEqual([kept.body.id]);
  });

  test('the same key gives the same comment, and a comment cannot answer one of another idea', async () => {
    const headers = { 'Idempotency-Key': 'once' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        joao.api('POST', `/ideas/${idea}/comments`, { body: 'Uma só vez, por favor.' }, headers),
      ),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const other = await maria.api('POST', '/spaces/climate/ideas', {
      title: 'Ríos',
      body: 'Los ríos necesitan más agua limpia.',
    });
    expect(
      (
        await joao.api('POST', `/ideas/${other.body.id}/comments`, {
          body: 'Resposta perdida.',
          parent: answers[0]?.body.id,
        })
      ).status,
    ).toBe(422);
  });
});

describe('supporting an idea', () => {
  test('sixteen at once count once a person, and taking it back is counted too', async () => {
    await Promise.all(
      Array.from({ length: 16 }, (_, index) => (index % 2 ? joao : maria).api('PUT', `/ideas/${idea}/endorsement`)),
    );
    await eventually(async () => expect((await maria.api('GET', `/ideas/${idea}`)).body.counts.endorsements).toBe(2));
    expect((await joao.api('DELETE', `/subjects/${idea}/endorsement`)).status).toBe(204);
    expect((await joao.api('DELETE', `/subjects/${idea}/endorsement`)).status).toBe(204);
    await eventually(async () => expect((await maria.api('GET', `/ideas/${idea}`)).body.counts.endorsements).toBe(1));
  });

  test('a name shows only when its person wants it', async () => {
    const visitor = await polyphony.signIn('Inês', { language: 'pt' });
    expect((await visitor.submit(`/pt/subjects/${idea}/endorsement`, { supports: '1' })).location).toBe(
      `/pt/ideas/${idea}#support`,
    );
    expect((await visitor.get(`/pt/ideas/${idea}`)).text).toContain('aria-pressed="true"');
    expect((await polyphony.visitor().get(`/en/ideas/${idea}`)).text).not.toContain('Inês');
    await visitor.submit('/pt/me', { name: 'Inês', interfaceLanguage: 'pt', reads: 'pt', showsSupport: '1' });
    expect((await polyphony.visitor().get(`/en/ideas/${idea}?comments=oldest`)).text).toContain('Inês');
  });

  test('nobody supports a comment, a space, or what is withdrawn', async () => {
    const { body } = await joao.api('POST', `/ideas/${idea}/comments`, { body: 'Um comentário para não apoiar.' });
    expect((await maria.api('PUT', `/subjects/${body.id}/endorsement`)).status).toBe(403);
    const posted = await maria.api('POST', '/spaces/climate/ideas', {
      title: 'Fuera',
      body: 'Esto lo voy a retirar enseguida.',
    });
    await maria.api('DELETE', `/ideas/${posted.body.id}`);
    expect((await joao.api('PUT', `/ideas/${posted.body.id}/endorsement`)).status).toBe(410);
  });
});

test('the figures of the week count comments, support and everybody who took part, as a recount by hand does', async () => {
  const week = weekOf(new Date(), 'Europe/Brussels').name;
  const { body } = await maria.api('GET', `/statistics/weeks/${week}`);
  const hand = await rows(
    polyphony.em(),
    sql<{
      kind: string;
      author: string;
    }>`select s.kind, p.handle as author from subject s join person p on p.id = s.author_id
      where s.kind in ('idea', 'comment') and s.hidden_at is null and s.withdrawn_at is null and s.closed_at is null`,
  );
  const supporters = await rows(
    polyphony.em(),
    sql<{
      handle: string;
    }>`select p.handle from endorsement e join person p on p.id = e.person_id join subject s on s.id = e.subject_id where s.closed_at is null`,
  );
  expect(body.figures).toMatchObject({
    comments: hand.filter(({ kind }) => kind === 'comment').length,
    endorsements: supporters.length,
    participants: new Set([...hand.map(({ author }) => author), ...supporters.map(({ handle }) => handle)]).size,
  });
});
