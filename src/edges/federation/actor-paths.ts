import type { Routed } from '../../platform/http/context.ts';
import type { LocalActor } from './addresses.ts';

/** Actors of ours by the path they stand at. */
export const ACTORS: readonly (readonly [path: string, of: (ctx: Routed) => LocalActor])[] = [
  ['/s/:slug', ({ params }) => ({ kind: 'space', slug: params['slug'] ?? '' })],
  ['/u/:handle', ({ params }) => ({ kind: 'person', handle: params['handle'] ?? '' })],
  ['/actors/server', () => ({ kind: 'server' })],
  ['/actors/translator', () => ({ kind: 'translator' })],
];
