import type { ParameterizedContext } from 'koa';

import type { Em } from '../db/database.ts';
import type { T } from '../i18n.ts';
import type { Person } from '../person.ts';
import type { Reader } from '../reader.ts';

/** What the middleware lays ready for every request. */
export interface State {
  em: Em;
  person: Person | null;
  /** The language of the page, or the `lang` asked of the API. */
  language: string;
  t: T;
  /** The language of texts that the address asks for, where it counts; else null. */
  carried: string | null;
  /** Who reads it. */
  reader: Reader;
  /** Its address had a query that nobody should read. */
  isTooLong?: boolean;
  /** What a cached page stands on: it is thrown away when one of these changes. None: never cached. */
  cacheTags: string[];
}

export type Context = ParameterizedContext<State>;

/** The context of a route, with what its address names. */
export type Routed = Context & { params: Readonly<Record<string, string | undefined>> };
