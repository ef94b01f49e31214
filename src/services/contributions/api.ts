import { z } from 'zod';

import { callerOf, endpoint, type Call, type Endpoint } from '../../platform/api/api.ts';
import { listCursor } from '../../platform/api/cursors.ts';
import { afterOf, idOf, keyOf, matchedVersion, slugOf } from '../../platform/api/requests.ts';
import { InvalidInput, notFound } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import type { Act } from '../house/acts.ts';
import type { House } from '../house/house.ts';
import { withdraw } from '../texts/contributions.ts';
import { listVersions } from '../texts/versions.reads.ts';
import type { Contribution, ContributionKind } from './contribution.ts';
import { jsonOf, nameOf, versionJson } from './json.ts';

const ifMatch = { name: 'If-Match', description: 'The version you are changing, as "3"' };

/** What every list takes. */
const sliceInput = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20).meta({ description: 'How many at most' }),
  cursor: z.string().max(200).optional().meta({ description: '`next` of the page before' }),
});

const nextJson = z.string().nullable().meta({ description: '`cursor` of the next page; null on the last one' });

/** A list of the API: one row a path. */
export interface Listing<Shown extends Contribution, Query extends z.ZodObject> {
  path: string;
  summary: string;
  query: Query;
  /** At most `limit`, after the place where the page before has ended. Throws 404 and 422. */
  list(
    call: Call<z.output<Query>>,
    slice: { limit: number; after: { at: string; id: string } | undefined },
  ): Promise<Shown[]>;
  /** What the list is sorted by. */
  at(shown: Shown): Date;
}

/** The id of the space an address names. Throws 404. */
export async function spaceIdOf({ spacesIn }: House, slug: string): Promise<string> {
  const space = (await spacesIn('en')).find((each) => each.slug === slug);
  if (!space) throw notFound();
  return space.id;
}

/** A page of a kind of contributions, with the way to the next one. */
export function listingOf<Shown extends Contribution, Input extends object, Query extends z.ZodObject>(
  house: House,
  of: ContributionKind<Shown, Input>,
  { path, summary, query, list, at }: Listing<Shown, Query>,
): Endpoint {
  const { schema, show } = jsonOf(house, of);
  return endpoint({
    method: 'get',
    path,
    summary,
    query: query.extend(sliceInput.shape),
    answers: { 200: z.object({ items: z.array(schema), next: nextJson }) },
    errors: [404],
    handle: async (call) => {
      const { limit, cursor } = parse(sliceInput, call.query);
      refuseSearch(call);
      const asked = { ...call, query: parse(query, call.query) };
      const found = await list(asked, { limit: limit + 1, after: afterOf(cursor) });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      const next = found.length > limit && last ? listCursor(at(last), last.id) : null;
      return { status: 200, body: { items: await show(call, items), next } };
    },
  });
}

/** Who searches must not take everything for what was found. */
function refuseSearch({ ctx }: Call): void {
  if (ctx.query['q'] !== undefined) throw new InvalidInput([{ field: 'q', key: 'errors:noSearch', params: {} }]);
}

/** Post, read, change, withdraw, and the versions there were: the rows every kind of contribution has. */
export function contributionApi<Shown extends Contribution, Input extends object>(
  house: House,
  of: ContributionKind<Shown, Input>,
): Endpoint[] {
  return [
    postRow(house, of),
    readRow(house, of),
    changeRow(house, of),
    ...(of.acts.withdraw ? [withdrawRow(of, of.acts.withdraw)] : []),
    historyRow(of),
  ];
}

type Of<Shown extends Contribution, Input extends object> = ContributionKind<Shown, Input>;

const find = <Shown extends Contribution, Input extends object>(call: Call, of: Of<Shown, Input>, id = idOf(call)) =>
  of.find(call.em, id, call.reader);

function postRow<Shown extends Contribution, Input extends object>(house: House, of: Of<Shown, Input>): Endpoint {
  const { languages, jobs } = house;
  const { schema, answer } = jsonOf(house, of);
  const name = of.kind.kind;
  return endpoint({
    method: 'post',
    path: `/spaces/{slug}/${of.plural}`,
    summary: `Publish: ${name}. Its language is detected unless it is given`,
    body: of.input,
    headers: [{ name: 'Idempotency-Key', description: `The same key gives the same ${name} for 24 hours` }],
    answers: { 201: schema },
    errors: [401, 404, 409],
    handle: async (call) => {
      const person = callerOf(call);
      const { interfaceLanguage } = person;
      const space = { id: await spaceIdOf(house, slugOf(call)) };
      const posting = { space, input: call.body, interfaceLanguage, key: keyOf(call) };
      const id = await of.post(call.em, { languages, jobs, person }, posting);
      return answer(call, await find(call, of, id), 201);
    },
  });
}

function readRow<Shown extends Contribution, Input extends object>(house: House, of: Of<Shown, Input>): Endpoint {
  const { schema, answer } = jsonOf(house, of);
  return endpoint({
    method: 'get',
    path: `/${of.plural}/{id}`,
    summary: `One ${of.kind.kind}`,
    answers: { 200: schema },
    errors: [404, 410],
    handle: async (call) => answer(call, await find(call, of)),
  });
}

function changeRow<Shown extends Contribution, Input extends object>(house: House, of: Of<Shown, Input>): Endpoint {
  const { languages, jobs } = house;
  const { schema, answer } = jsonOf(house, of);
  return endpoint({
    method: 'patch',
    path: `/${of.plural}/{id}`,
    summary:
      'Change it: the words become its next version. A field that is not named stays, one that is null is emptied',
    body: partOf(of.input).meta({ id: `${nameOf(of.kind)}Changes` }),
    headers: [ifMatch],
    answers: { 200: schema },
    errors: [401, 404, 409, 410, 412, 428],
    handle: async (call) => {
      const person = callerOf(call);
      const { interfaceLanguage } = person;
      const version = matchedVersion(call);
      const shown = await find(call, of);
      const { title, body, decidedBy, language } = shown.text;
      const before = { title: title ?? '', body, language: decidedBy === 'author' ? language : null };
      const input = parse(of.input, { ...of.given(shown), ...before, ...bodyOf(call) });
      await of.edit(call.em, { languages, jobs, person }, { id: shown.id, version, input, interfaceLanguage });
      return answer(call, await find(call, of));
    },
  });
}

function withdrawRow<Shown extends Contribution, Input extends object>(of: Of<Shown, Input>, act: Act): Endpoint {
  return endpoint({
    method: 'delete',
    path: `/${of.plural}/{id}`,
    summary: 'Withdraw it, for good',
    answers: { 204: null },
    errors: [401, 404, 410],
    handle: async (call) => {
      const person = callerOf(call);
      await withdraw(call.em, person, { id: (await find(call, of)).id, act });
      return { status: 204 };
    },
  });
}

function historyRow<Shown extends Contribution, Input extends object>(of: Of<Shown, Input>): Endpoint {
  return endpoint({
    method: 'get',
    path: `/${of.plural}/{id}/history`,
    summary: 'All its versions, newest first',
    answers: { 200: z.object({ items: z.array(versionJson) }) },
    errors: [404, 410],
    handle: async (call) => {
      const versions = await listVersions(call.em, (await find(call, of)).id);
      const items = versions.map((each) => ({ ...each, writtenAt: each.writtenAt.toISOString() }));
      return { status: 200, body: { items } };
    },
  });
}

/** As it was sent: the schema's value for a field that is left out would empty it. */
const bodyOf = ({ ctx }: Call): object => {
  const body: unknown = ctx.request.body;
  return typeof body === 'object' && body !== null ? body : {};
};

/** The same fields, each of which may be left out: for the description; a missing one is there already when the whole is checked. */
function partOf(input: z.ZodType): z.ZodType {
  const fields = input instanceof z.ZodPipe && input.in instanceof z.ZodObject ? input.in : input;
  // What fields say together is checked with the whole.
  return fields instanceof z.ZodObject ? z.object(fields.shape).partial() : input;
}
