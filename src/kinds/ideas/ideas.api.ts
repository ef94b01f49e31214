import { z } from 'zod';

import { UNDETERMINED } from '#translation/languages.ts';
import { callerOf, endpoint, type Endpoint } from '../../platform/api/api.ts';
import { idOf, slugOf } from '../../platform/api/requests.ts';
import { contributionApi, listingOf, spaceIdOf, type Listing } from '../../services/contributions/api.ts';
import { jsonOf } from '../../services/contributions/json.ts';
import type { House } from '../../services/house/house.ts';
import { ideas } from './idea.kind.ts';
import { findIdea, listIdeas, type ShownIdea } from './ideas.reads.ts';
import { moveIdea } from './moves.ts';

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
  return [listingOf(house, of, all), listingOf(house, of, ofSpace), ...contributionApi(house, of), moving(house)];
}

function moving(house: House): Endpoint {
  const { schema, answer } = jsonOf(house, ideas(house));
  return endpoint({
    method: 'put',
    path: '/ideas/{id}/space',
    summary: 'Move an idea into another theme: for its author until people talk about it, and for moderators',
    body: z.object({ space: z.string().max(100).meta({ description: 'Short name of the theme' }) }),
    answers: { 200: schema },
    errors: [401, 403, 404, 409, 410],
    handle: async (call) => {
      const space = { id: await spaceIdOf(house, call.body.space) };
      await moveIdea(call.em, callerOf(call), { id: idOf(call), space });
      return answer(call, await findIdea(call.em, idOf(call), call.reader));
    },
  });
}
