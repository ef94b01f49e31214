import { randomUUID } from 'node:crypto';

export type Json = Record<string, unknown>;

export const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public';
export const AS = 'https://www.w3.org/ns/activitystreams';

/** Where a sample is sent from, and what it is about. */
export interface Place {
  /** The server it comes from. */
  there: string;
  /** Its actor. */
  me: string;
  space: string;
  idea: string;
  event: string;
}

/** An activity in the shape that a kind of server sends, and what becomes of it here. */
export interface Sample {
  what: string;
  activity: (place: Place) => Json;
  state: 'done' | 'ignored' | 'set aside';
  reason?: string;
  /** What is kept of its words. */
  kept?: { kind: 'comment' | 'idea'; title?: string; body: string; language?: string };
}

/** A kind of server: how its actors look, and what they send, in this order. */
export interface Samples {
  server: string;
  actor?: (place: Place) => Json;
  samples: Sample[];
}

/** An activity with what all have; the object stands last, as servers write it. */
export const activity = (type: string, { me, there }: Place, object: unknown, more: Json = {}): Json => ({
  ...{ '@context': AS, id: `${there}/activities/${randomUUID()}`, type, actor: me },
  ...{ published: '2026-11-01T10:00:00Z', to: [PUBLIC], cc: [`${me}/followers`], ...more },
  object,
});

/** What somebody wrote, with what all have. */
export const text = (type: string, { me, there }: Place, name: string, more: Json): Json => ({
  ...{ id: `${there}/objects/${name}`, type, attributedTo: me, published: '2026-11-01T10:00:00Z' },
  ...{ url: `${there}/@me/${name}`, to: [PUBLIC], cc: [`${me}/followers`], ...more },
});
