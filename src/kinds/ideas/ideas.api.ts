import { z } from 'zod';

import { UNDETERMINED } from '#translation/languages.ts';
import type { Endpoint } from '../../platform/api/api.ts';
import { slugOf } from '../../platform/api/requests.ts';
import { contributionApi, listingOf, spaceIdOf, type Listing } from '../../services/contributions/api.ts';
import type { House } from '../../services/house/house.ts';
import { ideas } from './idea.kind.ts';
import { listIdeas, type ShownIdea } from './ideas.reads.ts';

const queryOf = ({ languages }: House) =>
  z.object({
    language: z
      .enum([...languages.all, UNDETERMINED], { error: 'language' })
      .optional()
      .meta({ description: 'What they were written in' }),
    sort: z.enum(['newest']).default('newest').meta({ description: 'Which ones come first' }),
  });

/** Ideas of all spaces and of one, and what every contribution has. */
export function ideasApi(house: House): Endpoint[] {
  const of = ideas(house);
  const query = queryOf(house);
  const newest = ({ publishedAt }: ShownIdea) => publishedAt;
  const all: Listing<ShownIdea, typeof query> = {
    path: '/ideas',
    summary: 'Public ideas, newest first',
    query,
    list: ({ em, reader, query: { language } }, { limit, after: before }) =>
      listIdeas(em, { language }, { limit, before }, reader),
    at: newest,
  };
  const ofSpace: Listing<ShownIdea, typeof query> = {
    path: '/spaces/{slug}/ideas',
    summary: 'Public ideas of a space, newest first',
    query,
    async list(call, { limit, after: before }) {
      const { em, reader, query: asked } = call;
      const spaceId = await spaceIdOf(house, slugOf(call));
      return listIdeas(em, { spaceId, language: asked.language }, { limit, before }, reader);
    },
    at: newest,
  };
  return [listingOf(house, of, all), listingOf(house, of, ofSpace), ...contributionApi(house, of)];
}
