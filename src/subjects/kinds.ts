import { strict as assert } from 'node:assert';

/** What a feature tells about its kind of subject, once; services then serve it without naming it. */
export interface Kind {
  kind: string;
  /** Where a subject of this kind is read, below the language: `/ideas/<id>`. */
  path(subject: { id: string; rootId: string }): string;
  /** Who besides the author's staff may hide it: nobody names a decision or a space. */
  hideable: boolean;
  /** Counted as taking part in the weekly figures. */
  participation: boolean;
}

export interface Kinds {
  add(kind: Kind): void;
  get(name: string): Kind;
  all(): readonly Kind[];
}

export function createKinds(): Kinds {
  const kinds = new Map<string, Kind>();
  return {
    add: (kind) => void kinds.set(kind.kind, kind),
    get(name) {
      const kind = kinds.get(name);
      assert(kind, `the kind ${name} was never declared`);
      return kind;
    },
    all: () => [...kinds.values()],
  };
}
