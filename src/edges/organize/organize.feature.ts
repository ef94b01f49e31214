import type { Feature } from '../../services/house/feature.ts';
import { organizeActs } from './organize.policy.ts';
import { messageRoutes } from './message.routes.ts';
import { organizeRoutes } from './organize.routes.ts';

/** The desk of organizers. */
export const organizeFeature: Feature = {
  name: 'organize',
  styles: ['organize'],
  pages: (house) => [organizeRoutes(house), messageRoutes(house)],
  desks: [{ path: '/organize', words: 'organize:title', act: organizeActs.openDesk }],
};
