import { createApp } from '../../src/app.ts';
import { features } from '../../src/features.ts';
import type { TestPlatform } from './polyphony.ts';

export interface RouteOfOurs {
  method: string;
  /** With its parameters: `/:language/ideas/:id`. */
  path: string;
}

interface Routed {
  router?: { stack: { methods: string[]; path: string | RegExp }[] };
}

/**
 * Every route of the web application: a new one is in the tests before anybody thinks of it. Doors for other servers know no visitors:
 * tests/federation/ tries them.
 */
export function routesOf({ running: { house } }: TestPlatform): RouteOfOurs[] {
  const doors = features.map(({ machines: _machines, ...feature }) => feature);
  const app = createApp(house, doors);
  return app.middleware
    .flatMap((each) => (each as Routed).router?.stack ?? [])
    .flatMap(({ methods, path }) =>
      methods.filter((method) => method !== 'HEAD').map((method) => ({ method, path: String(path) })),
    );
}

/** A path with these values in the places of its parameters; an unnamed one becomes `missing`. */
export const fill = (path: string, values: Record<string, string>, missing = 'x'): string =>
  path.replaceAll(/:(\w+)/g, (_all, name: string) => values[name] ?? missing);
