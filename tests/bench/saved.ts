import { randomUUIDv7 } from 'node:crypto';

import { editIdea, postIdea } from '../../src/kinds/ideas/ideas.ts';
import type { Person } from '../../src/platform/person.ts';
import { READER, wish } from '../../src/services/texts/translations.ts';
import { randomFrom } from '../support/random.ts';
import type { Bench, Figure } from './figures.ts';
import { instantEngine, LATIN } from './overhead.ts';
import { withClient } from './stock.ts';
import { openWorkshop, readIdeas, type BenchText, type Workshop } from './translating.ts';

const IDEAS = 200;
const PARAGRAPHS = 3;
const WISHED = 0.1;
const EDITED = 0.1;
const ASKED = 8;

/** What an engine is sent when it translates what readers wish for, against every text anew into every language it has. */
export async function benchSaved({ server }: Bench): Promise<Figure[]> {
  let sent = 0;
  const workshop = await openWorkshop(
    server,
    instantEngine((characters) => void (sent += characters)),
  );
  try {
    const ideas = await longIdeas();
    const everything = await live(workshop, ideas);
    const times = everything / sent;
    return [
      {
        what: `characters sent, with ${WISHED * 100} % of texts and languages wished for and ${EDITED * 100} % of the texts changed once`,
        against: `${everything} for every text anew into ${LATIN.length - 1} languages`,
        asked: `≥ ${ASKED} × fewer`,
        measured: `${times.toFixed(1)} × fewer (${sent})`,
        ok: times >= ASKED,
      },
    ];
  } finally {
    await workshop.close();
  }
}

/** Posts, wishes and edits. Returns the characters an engine would be sent that translates each version anew into all languages. */
async function live(workshop: Workshop, ideas: readonly BenchText[]): Promise<number> {
  const random = randomFrom(2026);
  const { database, languages, url } = workshop;
  const { person, spaceId } = await newcomer(url);
  let everything = 0;
  const count = ({ title, body }: BenchText) => void (everything += (title.length + body.length) * (LATIN.length - 1));
  const posted = [];
  for (const idea of ideas) {
    const posting = { space: { id: spaceId }, input: { ...idea, place: null }, interfaceLanguage: idea.language };
    const id = await postIdea(database.em(), languages, person, posting);
    count(idea);
    posted.push({ id, idea });
    const wished = LATIN.filter((language) => language !== idea.language && random.chance(WISHED));
    await wish(database.em(), { id: await textOf(url, id), language: idea.language }, wished, { priority: READER });
  }
  await workshop.workOff();
  for (const { id, idea } of posted.filter(() => random.chance(EDITED))) {
    const changed = {
      ...idea,
      body: idea.body.replace(/\n\n.*$/s, (rest) => rest.replace(/[^\n]+$/, (last) => `${last} (2)`)),
    };
    count(changed);
    const edit = { id, version: 1, input: { ...changed, place: null }, interfaceLanguage: idea.language };
    await editIdea(database.em(), languages, person, edit);
  }
  await workshop.workOff();
  return everything;
}

/** Ideas of several paragraphs, as people write them who mean it. */
async function longIdeas(): Promise<BenchText[]> {
  const texts = await readIdeas(IDEAS * PARAGRAPHS, LATIN);
  const byLanguage = Map.groupBy(texts, ({ language }) => language);
  return [...byLanguage.values()].flatMap((all) =>
    Array.from({ length: Math.floor(all.length / PARAGRAPHS) }, (_, n) => {
      const some = all.slice(n * PARAGRAPHS, (n + 1) * PARAGRAPHS);
      return {
        language: some[0]?.language ?? '',
        title: some[0]?.title ?? '',
        body: some.map(({ body }) => body).join('\n\n'),
      };
    }),
  );
}

async function newcomer(url: string): Promise<{ person: Person; spaceId: string }> {
  const id = randomUUIDv7();
  const { rows } = await withClient(url, async (client) => {
    await client.query("insert into person (id, interface_language, created_at) values ($1, 'en', now())", [id]);
    return client.query<{ id: string }>('select subject_id as id from space limit 1');
  });
  const settings = {
    interfaceLanguage: 'en',
    textsLanguage: null,
    reads: [],
    showsFirst: null,
    showsSupport: false,
    roles: [],
    unlimited: true,
  };
  return { person: { id, handle: null, name: null, ...settings }, spaceId: rows[0]?.id ?? '' };
}

async function textOf(url: string, subjectId: string): Promise<string> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ id: string }>('select text_id as id from subject where id = $1', [subjectId]),
  );
  return rows[0]?.id ?? '';
}
