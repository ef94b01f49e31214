import { writtenElsewhere, type Federated } from '../../services/house/federated.ts';
import { admit } from '../../services/subjects/gate.ts';
import { publishSubject } from '../../services/subjects/subjects.ts';
import { contribute } from '../../services/texts/contributions.ts';
import { ideaActs } from './ideas.policy.ts';
import { storeIdea } from './ideas.ts';

/** What somebody posts to the group of a space, from wherever they are, is an idea. */
export const ideaFederated: Federated = {
  type: 'Page',
  take: {
    as: 'post',
    async post(em, { languages }, { person, at, words }) {
      await admit(em, person, { act: ideaActs.post, space: at });
      const { uri, host, publishedAt } = words;
      const contribution = { written: writtenElsewhere(words), body: uri };
      return contribute(em, { languages, person }, contribution, async (inner, text) => {
        const shared = { kind: 'idea', spaceId: at.id, authorId: person.id, textId: text.id, publishedAt };
        const id = await publishSubject(inner, { ...shared, remote: { uri, host } }, text.language);
        await storeIdea(inner, id, { place: null });
        return id;
      });
    },
    edit: ideaActs.edit,
    withdraw: ideaActs.withdraw,
  },
};
