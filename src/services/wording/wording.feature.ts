import type { Feature } from '../house/feature.ts';
import { wordingDeskRoutes } from './wording-desk.routes.ts';
import { WordingReport } from './wording-report.entity.ts';
import { wordingPersonal } from './wording.personal.ts';
import { wordingRoutes } from './wording.routes.ts';

/** What people say is wrong with the words of the site itself. */
export const wordingFeature: Feature = {
  name: 'wording',
  entities: [WordingReport],
  styles: ['wording'],
  pages: (house) => [wordingRoutes(house), wordingDeskRoutes(house)],
  personal: wordingPersonal,
};
