import { z } from 'zod';

import type { House } from '../../services/house/house.ts';
import { callerOf, endpoint, type Call, type Endpoint } from '../../platform/api/api.ts';
import { listCursor } from '../../platform/api/cursors.ts';
import { idOf, keyOf, matchedVersion, afterOf } from '../../platform/api/requests.ts';
import { parse } from '../../platform/input.ts';
import { findSpace } from '../spaces/spaces.reads.ts';
import { withdraw } from '../../services/texts/contributions.ts';
import { ideaJson as ownJson, showJson, versionJson } from './idea.json.ts';
import { editIdea, ideaInput, postIdea } from './ideas.ts';
import { findIdea, listIdeas, listVersions, type Filter, type ShownIdea } from './ideas.reads.ts';

const LIMIT = 100;

const listInput = z.object({
  language: z.string().max(10).optional(),
  sort: z.enum(['newest']).default('newest'),
  limit: z.coerce.number().int().min(1).max(LIMIT).default(20),
  cursor: z.string().max(200).optional(),
});

const idempotencyKey = { name: 'Idempotency-Key', description: 'The same key gives the same idea for 24 hours' };
const ifMatch = { name: 'If-Match', description: 'The version you are changing, as "3"' };

export function ideasApi(house: House): Endpoint[] {
  const { languages, kinds } = house;
  const ideaJson = ownJson.extend(kinds.fieldSchemas('idea'));
  const list = z.object({ items: z.array(ideaJson), next: z.string().nullable() });

  async function show(call: Call, ideas: readonly ShownIdea[]) {
    const fields = await kinds.readFields('idea', call, ideas);
    return ideas.map((idea, index) => ({ ...showJson(idea, call.lang, house), ...fields[index] }));
  }

  async function listAnswer(call: Call<z.output<typeof listInput>>, filter: Filter) {
    const { language, limit, cursor } = call.query;
    const before = afterOf(cursor);
    const ideas = await listIdeas(call.em, { ...filter, language }, { limit: limit + 1, before }, call.reader);
    const items = ideas.slice(0, limit);
    const last = items.at(-1);
    return {
      status: 200,
      body: {
        items: await show(call, items),
        next: ideas.length > limit && last ? listCursor(last.publishedAt, last.id) : null,
      },
    };
  }

  async function ideaAnswer(call: Call, id: string, status = 200) {
    const idea = await findIdea(call.em, id, call.reader);
    const [body] = await show(call, [idea]);
    // Begins with the version, so that it serves If-Match; goes on with the state of the translation, so that it serves If-None-Match.
    const etag = `"${idea.text.version}.${idea.text.translation?.state ?? 'original'}.${idea.state}.${call.lang}"`;
    return { status, body, headers: { ETag: etag, ...(status === 201 && body ? { Location: body.uri } : {}) } };
  }

  return [
    endpoint({
      method: 'get',
      path: '/ideas',
      summary: 'Public ideas, newest first',
      query: listInput,
      answers: { 200: list },
      handle: (call) => listAnswer(call, {}),
    }),
    endpoint({
      method: 'get',
      path: '/spaces/{slug}/ideas',
      summary: 'Public ideas of a space, newest first',
      query: listInput,
      answers: { 200: list },
      errors: [404],
      handle: async (call) =>
        listAnswer(call, { spaceId: (await findSpace(call.em, call.params['slug'] ?? '', call.reader)).id }),
    }),
    endpoint({
      method: 'post',
      path: '/spaces/{slug}/ideas',
      summary: 'Publish an idea; its language is detected unless it is given',
      body: ideaInput,
      headers: [idempotencyKey],
      answers: { 201: ideaJson },
      errors: [401, 404, 409, 429],
      handle: async (call) => {
        const person = callerOf(call);
        const space = await findSpace(call.em, call.params['slug'] ?? '', call.reader);
        const key = keyOf(call);
        const id = await postIdea(call.em, languages, person, {
          space,
          input: call.body,
          interfaceLanguage: person.interfaceLanguage,
          key,
        });
        return ideaAnswer(call, id, 201);
      },
    }),
    endpoint({
      method: 'get',
      path: '/ideas/{id}',
      summary: 'One idea',
      answers: { 200: ideaJson },
      errors: [404, 410],
      handle: (call) => ideaAnswer(call, idOf(call)),
    }),
    endpoint({
      method: 'patch',
      path: '/ideas/{id}',
      summary: 'Change an idea: the words become its next version',
      body: ideaInput.partial(),
      headers: [ifMatch],
      answers: { 200: ideaJson },
      errors: [401, 404, 410, 412, 428, 429],
      handle: async (call) => {
        const person = callerOf(call);
        const version = matchedVersion(call);
        const { text, details } = await findIdea(call.em, idOf(call), call.reader);
        // A field that is not named stays as it was; one that is null is emptied.
        const before = {
          ...details,
          title: text.title ?? '',
          body: text.body,
          language: text.decidedBy === 'author' ? text.language : null,
        };
        const input = parse(ideaInput, { ...before, ...call.body });
        await editIdea(call.em, languages, person, {
          id: idOf(call),
          version,
          input,
          interfaceLanguage: person.interfaceLanguage,
        });
        return ideaAnswer(call, idOf(call));
      },
    }),
    endpoint({
      method: 'delete',
      path: '/ideas/{id}',
      summary: 'Withdraw an idea, for good',
      answers: { 204: null },
      errors: [401, 404, 410],
      handle: async (call) => {
        await withdraw(call.em, callerOf(call), idOf(call));
        return { status: 204 };
      },
    }),
    endpoint({
      method: 'get',
      path: '/ideas/{id}/history',
      summary: 'All versions of an idea, newest first',
      answers: { 200: z.object({ items: z.array(versionJson) }) },
      errors: [404, 410],
      handle: async (call) => {
        const idea = await findIdea(call.em, idOf(call), call.reader);
        const versions = await listVersions(call.em, idea.id);
        return {
          status: 200,
          body: { items: versions.map((each) => ({ ...each, writtenAt: each.writtenAt.toISOString() })) },
        };
      },
    }),
  ];
}
