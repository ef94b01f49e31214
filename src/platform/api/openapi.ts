import Router from '@koa/router';
import { z } from 'zod';

import type { State } from '../http/context.ts';
import type { Endpoint } from './api.ts';

/** RFC 9457, with our code and, for wrong input, one entry a field. */
const problemJson = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional(),
  state: z.string().optional(),
  version: z.int().optional(),
});

const PARAMETERS: Record<string, string> = {
  id: 'Identifier (UUID)',
  slug: 'Short name of a space, as in its address',
  language: 'Language tag, as `pt`',
  week: 'ISO week, as `2026-W47`',
};

/** The description of the API at `/openapi.json` (OpenAPI 3.1), made of the schemas that check the requests. */
export function openApiRoutes(
  endpoints: readonly Endpoint[],
  { languages, publicUrl }: { languages: readonly string[]; publicUrl: string },
): Router<State> {
  const text = JSON.stringify(describe(endpoints, languages, publicUrl));
  const router = new Router<State>();
  router.get('/openapi.json', (ctx) => {
    ctx.type = 'application/json';
    ctx.set('Cache-Control', 'no-cache');
    ctx.body = text;
  });
  return router;
}

function describe(endpoints: readonly Endpoint[], languages: readonly string[], publicUrl: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const each of endpoints) (paths[each.path] ??= {})[each.method] = operation(each, languages);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Polyphony',
      version: '1',
      summary: 'Ideas of a whole continent, everybody in their own language',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: `${publicUrl}/api/v1` }],
    security: [{}, { token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: schemaOf(problemJson, 'output') },
    },
  };
}

function operation(
  { method, path, summary, query, body, answers, errors, headers }: Endpoint,
  languages: readonly string[],
) {
  const good = Object.entries(answers).map(([status, schema]) => [
    status,
    {
      description: summary,
      ...(schema ? { content: { 'application/json': { schema: schemaOf(schema, 'output') } } } : {}),
    },
  ]);
  const bad = [...new Set([...errors, 422, 503, ...(method === 'get' ? [] : [400, 403, 413])])].map((status) => [
    String(status),
    {
      description: 'Problem',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]);
  return {
    summary,
    operationId: `${method}${path.replaceAll(/[^\w]+(\w?)/g, (_all, next: string) => next.toUpperCase())}`,
    parameters: [
      ...pathParameters(path),
      ...queryParameters(query, languages),
      ...headers.map(({ name, description }) => ({ in: 'header', name, description, schema: { type: 'string' } })),
    ],
    ...(body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } }
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

function queryParameters(query: z.ZodObject | null, languages: readonly string[]) {
  const lang = {
    in: 'query',
    name: 'lang',
    description: 'Language to read in',
    schema: { type: 'string', enum: languages, default: 'en' },
  };
  const own = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    in: 'query',
    name,
    required: false,
    schema: schemaOf(schema, 'input'),
  }));
  return [lang, ...own];
}

function schemaOf(schema: z.core.$ZodType, io: 'input' | 'output') {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
}
