import { strict as assert } from 'node:assert';

import type { Html } from '../platform/html.ts';
import type { Context } from '../platform/http/context.ts';
import type { Counter } from './counts.ts';
import type { SubjectRow } from './subjects.ts';

/** What people may do with a subject besides reading it. */
type Invitation = 'endorsement' | 'comment' | 'stance';

/** What a feature tells about its kind of subject, once; services then serve it without naming it. */
export interface Kind {
  kind: string;
  /** Where a subject of this kind is read, below the language: `/ideas/<id>`. */
  path(subject: { id: string; rootId: string }): string;
  /** Who besides the author's staff may hide it: nobody names a decision or a space. */
  hideable: boolean;
  /** Counted as taking part in the weekly figures. */
  participation: boolean;
  invites: readonly Invitation[];
}

/** What a feature shows on the pages of other kinds that invite it. */
export interface Panel {
  for: Invitation;
  render(ctx: Context, subject: SubjectRow): Promise<Html>;
}

export interface Kinds {
  add(kind: Kind): void;
  addPanel(panel: Panel): void;
  addCounter(counter: Counter): void;
  get(name: string): Kind;
  all(): readonly Kind[];
  counters(): readonly Counter[];
  /** All panels of a subject's page, in the order in which its kind invites them. */
  panelsOf(ctx: Context, subject: SubjectRow): Promise<Html[]>;
}

export function createKinds(): Kinds {
  const kinds = new Map<string, Kind>();
  const panels: Panel[] = [];
  const counters: Counter[] = [];
  const get = (name: string) => {
    const kind = kinds.get(name);
    assert(kind, `the kind ${name} was never declared`);
    return kind;
  };
  return {
    get,
    add: (kind) => void kinds.set(kind.kind, kind),
    addPanel: (panel) => void panels.push(panel),
    addCounter: (counter) => void counters.push(counter),
    all: () => [...kinds.values()],
    counters: () => counters,
    async panelsOf(ctx, subject) {
      const invited = get(subject.kind).invites.flatMap((name) => panels.filter((panel) => panel.for === name));
      const shown: Html[] = [];
      for (const panel of invited) shown.push(await panel.render(ctx, subject));
      return shown;
    },
  };
}
