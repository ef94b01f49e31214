import type { Feature } from '../../services/house/feature.ts';
import { PAGES } from './pages.ts';
import { pagesPersonal } from './pages.personal.ts';
import { pagesRoutes } from './pages.routes.ts';
import { ServicePage } from './service-page.entity.ts';

/** Privacy, accessibility, legal notice, contact, help, charter: at the foot of every page. */
export const pagesFeature: Feature = {
  name: 'pages',
  entities: [ServicePage],
  pages: (house) => [pagesRoutes(house)],
  navigation: PAGES.map((name) => ({
    ...{ name, path: `/${name}`, words: `site:pages.${name}` as const },
    ...{ isMain: false, foot: 'service' as const },
  })),
  personal: pagesPersonal,
};
