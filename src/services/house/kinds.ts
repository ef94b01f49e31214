import { strict as assert } from 'node:assert';

import type { RawBuilder } from 'kysely';
import type { z } from 'zod';

import type { Key } from '#locales/keys.ts';
import type { Call } from '../../platform/api/api.ts';
import type { Html } from '../../platform/html.ts';
import type { Context } from '../../platform/http/context.ts';

/** The shared row of a subject, as operations need it. */
export interface SubjectRow {
  id: string;
  kind: string;
  spaceId: string | null;
  authorId: string | null;
  parentId: string | null;
  rootId: string;
  textId: string | null;
  /** From 1 on: every change by its author is one more, whatever changed. */
  revision: number;
  hidden: boolean;
  withdrawn: boolean;
  closed: boolean;
}

/** One number of a subject. `count` is SQL of `(subject_id, value)` for the subjects whose ids it is given. */
export interface Counter {
  name: string;
  count(ids: readonly string[]): RawBuilder<unknown>;
}

/** What people may do with a subject besides reading it: `discussion` at an event, `report` of what was held, `following` from another server. */
export type Invitation = 'endorsement' | 'comment' | 'alignment' | 'report' | 'discussion' | 'idea' | 'following';

/** What a feature tells about its kind of subject, once; services then serve it without naming it. */
export interface Kind {
  kind: string;
  /** What people call one of them. */
  noun: Key;
  /** Where a subject of this kind is read, below the language: `/ideas/<id>`. */
  path(subject: { id: string; rootId: string }): string;
  /** People take part with it: it may be reported and hidden, and counts in the figures. Nobody takes part with a decision or a space. */
  hideable: boolean;
  /** True where each has a page of its own that search engines shall find. */
  isSought?: boolean;
  /** How much may be written, in code points; where it is told, people may translate it too. */
  limits?: { title: number; body: number };
  invites: readonly Invitation[];
}

/** A piece of a page, and the subjects it stands on: the page is thrown away when one of them changes. */
export interface Piece {
  html: Html;
  standsOn: readonly string[];
  /** Where its part of the query chooses what the page shows: the one address of that page. */
  canonical?: string;
}

/** What a feature shows on the pages of other kinds that invite it. */
export interface Panel {
  for: Invitation;
  render(ctx: Context, subject: SubjectRow): Promise<Piece>;
}

/** What a person has written of one kind, for their own page; null for nothing. */
export type Written = (ctx: Context, authorId: string) => Promise<Html | null>;

/** What a feature adds to the JSON of kinds that invite it, read at once for all subjects of an answer. */
export interface Field {
  for: Invitation;
  name: string;
  schema: z.ZodType;
  /** Of subjects for which nothing was read. */
  empty: unknown;
  read(call: Asking, ids: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
}

type Asking = Pick<Call, 'em' | 'person' | 'lang' | 'reader'>;

export interface Kinds {
  add(kind: Kind): void;
  addPanel(panel: Panel): void;
  addField(field: Field): void;
  addCounter(counter: Counter): void;
  addWritten(written: Written): void;
  addAttended(attended: Written): void;
  get(name: string): Kind;
  all(): readonly Kind[];
  counters(): readonly Counter[];
  /** The fields that others add to the JSON of a kind. */
  fieldSchemas(kind: string): Record<string, z.ZodType>;
  /** Their values, for each of these subjects of that kind in turn. */
  readFields(kind: string, call: Asking, subjects: readonly { id: string }[]): Promise<Record<string, unknown>[]>;
  /** What a person has written, of all kinds. */
  writtenBy(ctx: Context, authorId: string): Promise<Html[]>;
  /** What features show a person alone, on their own page. */
  attendedBy(ctx: Context, personId: string): Promise<Html[]>;
  /** All panels of a subject's page, in the order in which its kind invites them. */
  panelsOf(ctx: Context, subject: SubjectRow): Promise<{ html: Html[]; standsOn: string[]; canonical?: string }>;
}

export function createKinds(): Kinds {
  const kinds = new Map<string, Kind>();
  const panels: Panel[] = [];
  const fields: Field[] = [];
  const counters: Counter[] = [];
  const writings: Written[] = [];
  const attendances: Written[] = [];
  const get = (name: string) => {
    const kind = kinds.get(name);
    assert(kind, `the kind ${name} was never declared`);
    return kind;
  };
  const fieldsOf = (kind: string) => fields.filter((field) => get(kind).invites.includes(field.for));
  return {
    get,
    add: (kind) => void kinds.set(kind.kind, kind),
    addPanel: (panel) => void panels.push(panel),
    addField: (field) => void fields.push(field),
    addCounter: (counter) => void counters.push(counter),
    addWritten: (written) => void writings.push(written),
    addAttended: (attended) => void attendances.push(attended),
    all: () => [...kinds.values()],
    counters: () => counters,
    fieldSchemas: (kind) => Object.fromEntries(fieldsOf(kind).map(({ name, schema }) => [name, schema])),
    async readFields(kind, call, subjects) {
      const values = subjects.map((): Record<string, unknown> => ({}));
      const ids = subjects.map(({ id }) => id);
      for (const { name, empty, read } of subjects.length > 0 ? fieldsOf(kind) : []) {
        const found = await read(call, ids);
        for (const [index, id] of ids.entries()) Object.assign(values[index] ?? {}, { [name]: found.get(id) ?? empty });
      }
      return values;
    },
    writtenBy: (ctx, authorId) => showAll(writings, ctx, authorId),
    attendedBy: (ctx, personId) => showAll(attendances, ctx, personId),
    async panelsOf(ctx, subject) {
      const invited = get(subject.kind).invites.flatMap((name) => panels.filter((panel) => panel.for === name));
      const shown: Piece[] = [];
      for (const panel of invited) shown.push(await panel.render(ctx, subject));
      const canonical = shown.flatMap((piece) => piece.canonical ?? []);
      return {
        html: shown.map(({ html }) => html),
        standsOn: shown.flatMap(({ standsOn }) => standsOn),
        ...(canonical[0] ? { canonical: canonical[0] } : {}),
      };
    },
  };
}

async function showAll(all: readonly Written[], ctx: Context, personId: string): Promise<Html[]> {
  const shown: Html[] = [];
  for (const show of all) {
    const own = await show(ctx, personId);
    if (own) shown.push(own);
  }
  return shown;
}
