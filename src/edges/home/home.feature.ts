import type { Feature } from '../../services/house/feature.ts';
import { homeRoutes } from './home.routes.ts';

/** The front door. */
export const homeFeature: Feature = {
  name: 'home',
  styles: ['home'],
  pages: (house) => [homeRoutes(house)],
};
