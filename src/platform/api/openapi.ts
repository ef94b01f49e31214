import Router from '@koa/router';
import { z } from 'zod';

import type { State } from '../http/context.ts';
import type { Endpoint } from './api.ts';
import { createSchemas, type Schemas } from './schemas.ts';

const faultJson = z
  .object({
    field: z.string().meta({ description: 'Its name in the body or the query' }),
    code: z.string().meta({ description: 'What is wrong with it, for programs' }),
    message: z
      .string()
      .meta({ description: 'The same for people, in `lang`, or else in one that `Accept-Language` names' }),
  })
  .meta({ id: 'Fault', description: 'A field with a value that cannot be taken' });

const problemJson = z
  .object({
    type: z.string().meta({ description: '`about:blank`: the status and the code say it all' }),
    title: z.string().meta({ description: 'For people, in `lang`, or else in one that `Accept-Language` names' }),
    status: z.int().meta({ description: 'The HTTP status' }),
    code: z.string().meta({ description: 'For programs: it stays the same in every language' }),
    errors: z.array(faultJson).optional().meta({ description: 'With 422: one entry a field' }),
    state: z.string().optional().meta({ description: 'With 410: what became of the subject' }),
    version: z.int().optional().meta({ description: 'With 409 and 412: the version or revision there is now' }),
  })
  .meta({ id: 'Problem', description: 'Why a call failed (RFC 9457)' });

const PARAMETERS: Record<string, string> = {
  id: 'Identifier (UUID)',
  slug: 'Short name of a space, as in its address',
  language: 'Language tag, as `pt`',
  week: 'ISO week, as `2026-W47`',
};

/** The rows of one feature. */
export interface Group {
  name: string;
  endpoints: readonly Endpoint[];
}

/** The description of the API at `/openapi.json` (OpenAPI 3.1), made of the schemas that check the requests. */
export function openApiRoutes(
  groups: readonly Group[],
  { languages, publicUrl }: { languages: readonly string[]; publicUrl: string },
): Router<State> {
  const text = JSON.stringify(describe(groups, languages, publicUrl));
  const router = new Router<State>();
  router.get('/openapi.json', (ctx) => {
    ctx.type = 'application/json';
    ctx.set('Cache-Control', 'no-cache');
    ctx.body = text;
  });
  return router;
}

function describe(groups: readonly Group[], languages: readonly string[], publicUrl: string) {
  const schemas = createSchemas();
  const problem = schemas.of(problemJson, 'output');
  const lang = {
    in: 'query',
    name: 'lang',
    description: 'Language to read in',
    schema: schemas.of(z.enum(languages).default('en').meta({ id: 'ReadingLanguage' }), 'input'),
  };
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { name, endpoints } of groups)
    for (const each of endpoints)
      (paths[each.path] ??= {})[each.method] = { tags: [name], ...operation(each, { lang, schemas, problem }) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Polyphony',
      version: '1',
      summary: 'Ideas of a whole continent, everybody in their own language',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: `${publicUrl}/api/v1` }],
    tags: groups.filter(({ endpoints }) => endpoints.length > 0).map(({ name }) => ({ name })),
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: schemas.named,
    },
  };
}

interface Around {
  /** The parameter that every call takes. */
  lang: object;
  schemas: Schemas;
  problem: object;
}

const NEEDS_PERSON = [{ token: [] }];
const FOR_EVERYBODY = [{}, { token: [] }];

function operation(
  { method, path, summary, query, body, answers, errors, headers }: Endpoint,
  { lang, schemas, problem }: Around,
) {
  const good = Object.entries(answers).map(([status, schema]) => [
    status,
    {
      description: summary,
      ...(schema ? { content: { 'application/json': { schema: schemas.of(schema, 'output') } } } : {}),
    },
  ]);
  const bad = [...new Set([...errors, 401, 414, 422, 503, ...(method === 'get' ? [] : [400, 403, 413, 429])])].map(
    (status) => [
      String(status),
      {
        description: 'Problem',
        content: { 'application/problem+json': { schema: problem } },
      },
    ],
  );
  return {
    summary,
    operationId: `${method}${path.replaceAll(/[^\w]+(\w?)/g, (_all, next: string) => next.toUpperCase())}`,
    security: errors.includes(401) ? NEEDS_PERSON : FOR_EVERYBODY,
    parameters: [
      ...pathParameters(path),
      lang,
      ...queryParameters(query, schemas),
      ...headers.map(({ name, description }) => ({ in: 'header', name, description, schema: { type: 'string' } })),
    ],
    ...(body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemas.of(body, 'input') } } } }
      : {}),
    responses: Object.fromEntries([...good, ...bad]),
  };
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    in: 'path',
    name,
    required: true,
    description: PARAMETERS[name] ?? name,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodObject | null, schemas: Schemas) {
  return Object.entries(query?.shape ?? {}).map(([name, each]) => {
    const { description, ...schema } = schemas.of(each, 'input');
    return { in: 'query', name, required: false, description, schema };
  });
}
