import Router from '@koa/router';
import { z } from 'zod';

import type { Em } from '../db/database.ts';
import type { Context, State } from '../http/context.ts';
import { signInFirst } from '../http/errors.ts';
import { parse } from '../input.ts';
import type { Languages } from '../languages.ts';
import type { Person } from '../person.ts';
import type { Reader } from '../reader.ts';

/** What a call brings along, checked. */
export interface Call<Query = unknown, Body = unknown> {
  ctx: Context;
  em: Em;
  person: Person | null;
  /** The language texts are asked in. */
  lang: string;
  reader: Reader;
  params: Readonly<Record<string, string>>;
  query: Query;
  body: Body;
}

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** One row of the contract: what it takes, what it answers, and the work. The same schemas check requests and describe the API. */
export interface Endpoint {
  method: Method;
  /** Below `/api/v1`, parameters in braces: `/ideas/{id}`. */
  path: string;
  summary: string;
  query: z.ZodObject | null;
  body: z.ZodType | null;
  /** Body of each good answer by status; null for none. */
  answers: Readonly<Record<number, z.ZodType | null>>;
  /** Errors the call can give, for the description; 401 among them says that it needs a person. */
  errors: readonly number[];
  headers: readonly { name: string; description: string }[];
  handle(call: Call): Promise<Answer>;
}

interface Definition<Q extends z.ZodObject, B extends z.ZodType> {
  method: Method;
  path: string;
  summary: string;
  query?: Q;
  body?: B;
  answers: Endpoint['answers'];
  errors?: readonly number[];
  headers?: Endpoint['headers'];
  handle(call: Call<z.output<Q>, z.output<B>>): Promise<Answer>;
}

/** Declares an endpoint; `query` and `body` arrive as their schemas make them. */
export function endpoint<Q extends z.ZodObject = z.ZodObject, B extends z.ZodType = z.ZodType>(
  definition: Definition<Q, B>,
): Endpoint {
  const { query, body, errors = [], headers = [] } = definition;
  return {
    ...definition,
    query: query ?? null,
    body: body ?? null,
    errors,
    headers,
    handle: (call) =>
      definition.handle({
        ...call,
        // Without a schema, Q and B are the widest there are, and take anything.
        // oxlint-disable typescript/no-unsafe-type-assertion
        query: parse(query ?? z.object({}), call.query) as z.output<Q>,
        body: parse(body ?? z.unknown(), call.body) as z.output<B>,
        // oxlint-enable typescript/no-unsafe-type-assertion
      }),
  };
}

/** The person of a call that needs one. Throws 401. */
export function callerOf({ person }: Call): Person {
  if (!person) throw signInFirst();
  return person;
}

/** Mounts endpoints under `/api/v1`. Errors are turned into problem documents by the error middleware. */
export function apiRoutes(
  endpoints: readonly Endpoint[],
  languages: Languages,
  wordsIn: (language: string) => State['t'],
): Router<State> {
  const router = new Router<State>({ prefix: '/api/v1' });
  const langInput = z.object({ lang: z.enum(languages.all, { error: 'language' }).default('en') });
  for (const each of endpoints) {
    router[each.method](each.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (ctx) => {
      const query: Record<string, unknown> = { ...ctx.query };
      const { lang } = parse(langInput, query);
      ctx.state.language = lang;
      // Whoever names no language is told what is wrong in one that they accept.
      if (query['lang'] !== undefined) ctx.state.t = wordsIn(lang);
      const { em, person } = ctx.state;
      const reader = { languages, language: lang, person };
      ctx.state.reader = reader;
      const { params } = ctx;
      const answer = await each.handle({ ctx, em, person, lang, reader, params, query, body: ctx.request.body });
      send(ctx, answer);
    });
  }
  return router;
}

function send(ctx: Context, { status, body, headers = {} }: Answer): void {
  ctx.set({ 'Cache-Control': ctx.state.person ? 'private, no-store' : 'no-cache', ...headers });
  ctx.status = status;
  if (body === undefined) ctx.body = null;
  else {
    ctx.type = 'application/json';
    ctx.body = JSON.stringify(body);
  }
  ctx.status = status;
}
