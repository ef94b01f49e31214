import type { Feature } from '../../services/house/feature.ts';
import { missingRoutes } from './missing.routes.ts';
import { secretariatRoutes } from './desk.routes.ts';
import { secretariatActs } from './secretariat.policy.ts';

/** The week as those see it who answer for it. */
export const secretariatFeature: Feature = {
  name: 'secretariat',
  pages: (house) => [missingRoutes(house), secretariatRoutes(house)],
  desks: [{ path: '/secretariat', words: 'secretariat:title', act: secretariatActs.openDesk }],
};
