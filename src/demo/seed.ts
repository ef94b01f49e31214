import { sql } from 'kysely';

import { importIdea } from '../kinds/ideas/ideas.ts';
import { addPerson } from '../services/people/people.ts';
import { Person } from '../services/people/person.entity.ts';
import { row, rows, type Em } from '../platform/db/database.ts';
import { transaction } from '../platform/db/guard.ts';
import { tables } from '../platform/db/tables.ts';
import type { Languages } from '../platform/languages.ts';
import { addEvents } from './events.ts';
import { addTalk } from './talk.ts';
import { addTranslations } from './translations.ts';
import { readIdeas, readPeople, type DemoIdea } from './content.ts';

/** Our own texts are spread over so many weeks up to now. */
const WEEKS = 8;
const WEEK_MILLISECONDS = 7 * 86_400_000;
/** No open transaction holds up the readers of activity. */
const BATCH = 25;

/** Whether there is content already. */
export async function isSeeded(em: Em): Promise<boolean> {
  return (await row(em, sql`select 1 from idea limit 1`)) !== null;
}

/** Fills an empty platform with people and ideas. */
export async function seed(em: Em, languages: Languages, say: (words: string) => void): Promise<void> {
  const people = await addPeople(em);
  const spaces = new Map(
    (await rows(em, sql<{ slug: string; id: string }>`select slug, subject_id as id from space`)).map(
      ({ slug, id }) => [slug, id],
    ),
  );
  const dated = withDates(readIdeas()).toSorted((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime()); // the newest are translated first
  for (let done = 0; done < dated.length; done += BATCH) {
    await transaction(em, async (inner) => {
      for (const idea of dated.slice(done, done + BATCH)) await addIdea(inner, idea);
    });
    say(`Ideas: ${Math.min(done + BATCH, dated.length)} of ${dated.length}`);
  }
  await addTranslations(em, people);
  await addTalk(em, languages, people);
  await addEvents(em, languages, { people, spaces });
  say('Events, comments and support are there, too.');

  async function addIdea(
    inner: Em,
    { title, body, language, space, author, source, publishedAt }: DatedIdea,
  ): Promise<void> {
    const spaceId = spaces.get(space);
    if (!spaceId) throw new Error(`The demo names a theme that is not there: ${space}`);
    await importIdea(inner, languages, {
      spaceId,
      authorId: author ? (people.get(author) ?? null) : null,
      title,
      body,
      language,
      publishedAt,
      source: source ?? null,
    });
  }
}

async function addPeople(em: Em): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  await transaction(em, async (inner) => {
    for (const { handle, name, language, reads } of readPeople()) {
      const id = await addPerson(inner, { email: `${handle}@demo.example`, name, handle, interfaceLanguage: language });
      await tables(inner, Person).updateTable('person').set({ reads }).where('id', '=', id).execute();
      ids.set(handle, id);
    }
  });
  return ids;
}

interface DatedIdea extends Omit<DemoIdea, 'publishedAt'> {
  publishedAt: Date;
}

/** Real texts keep their day where they have one. The others come in a fixed but mixed order, so that every week speaks many languages. */
function withDates(ideas: readonly DemoIdea[]): DatedIdea[] {
  const now = Date.now();
  const undated = ideas.filter((idea) => !idea.publishedAt).length;
  let placed = 0;
  return ideas.map((idea) => {
    if (idea.publishedAt) return { ...idea, publishedAt: new Date(idea.publishedAt) };
    const position = (placed++ * 61) % undated; // 61 is prime: neighbours in the file end up weeks apart
    return { ...idea, publishedAt: new Date(now - 60_000 - (position / undated) * WEEKS * WEEK_MILLISECONDS) };
  });
}
