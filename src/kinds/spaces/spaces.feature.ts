import type { Feature } from '../../services/house/feature.ts';
import { Space } from './space.entity.ts';
import { spacesApi } from './spaces.api.ts';
import { createSpaceIndex } from './spaces.index.ts';
import { spacesRoutes } from './spaces.routes.ts';
import { spaceKind } from './spaces.ts';

/** Themes under which everything stands. */
export const spacesFeature: Feature = {
  name: 'spaces',
  entities: [Space],
  kind: spaceKind,
  styles: ['spaces'],
  pages: (house) => [spacesRoutes(house)],
  api: spacesApi,
  navigation: [
    { name: 'themes', path: '/spaces', words: 'site:nav.themes', isMain: true, foot: 'takePart', isSought: true },
  ],
  spaces: createSpaceIndex,
  personal: { space: { impersonal: ['slug'] } },
};
