import { sql } from 'kysely';

import { row, type Em } from '../../platform/db/database.ts';
import type { Person } from '../../platform/person.ts';
import { writtenElsewhere, type Federated } from '../../services/house/federated.ts';
import type { Kinds, SubjectRow } from '../../services/house/kinds.ts';
import { admit } from '../../services/subjects/gate.ts';
import { findSubject, publishSubject } from '../../services/subjects/subjects.ts';
import { contribute } from '../../services/texts/contributions.ts';
import { commentActs } from './comments.policy.ts';
import { findAnswered, storeComment } from './comments.ts';

/** What answers a subject from wherever people are is a comment. It takes no side: other servers have no word for that. */
export const commentFederated: Federated = {
  type: 'Note',
  take: {
    as: 'reply',
    async post(em, { languages, kinds }, { person, at, words }) {
      const { uri, host, publishedAt } = words;
      const contribution = { written: { ...writtenElsewhere(words), title: null }, body: uri };
      return contribute(em, { languages, person }, contribution, async (inner, text) => {
        const { about, parent } = await findPlace(inner, kinds, person, at);
        const shared = { kind: 'comment', spaceId: about.spaceId, authorId: person.id, textId: text.id, publishedAt };
        const id = await publishSubject(inner, { ...shared, parent, remote: { uri, host } }, text.language);
        await storeComment(inner, { subjectId: id, aboutId: about.id, alignment: null });
        return id;
      });
    },
    edit: commentActs.edit,
    withdraw: commentActs.withdraw,
  },
};

/** What is discussed, and what the comment stands below: that, or the comment that is answered. */
async function findPlace(
  em: Em,
  kinds: Kinds,
  person: Person,
  at: SubjectRow,
): Promise<{ about: SubjectRow; parent: SubjectRow }> {
  const answered = await row(
    em,
    sql<{ about: string }>`select about_id as about from comment where subject_id = ${at.id}`,
  );
  const about = await findSubject(em, answered?.about ?? at.id, person, { lock: true });
  await admit(em, person, { act: commentActs.post, subject: about, kind: kinds.get(about.kind) });
  return { about, parent: answered ? await findAnswered(em, at.id, about, person) : about };
}
