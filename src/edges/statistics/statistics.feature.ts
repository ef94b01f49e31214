import type { Feature } from '../../services/house/feature.ts';
import { statisticsApi } from './statistics.api.ts';
import { statisticsFigures } from './statistics.figures.ts';
import { createBand, statisticsRoutes } from './statistics.routes.ts';

/** Figures of every week, and the band under the header. */
export const statisticsFeature: Feature = {
  name: 'statistics',
  figures: statisticsFigures,
  styles: ['band', 'statistics'],
  pages: (house) => [statisticsRoutes(house)],
  api: statisticsApi,
  navigation: [{ name: 'figures', path: '/statistics', words: 'site:nav.figures', isMain: true, foot: 'follow' }],
  band: createBand,
};
