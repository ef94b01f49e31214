import type { Feature } from '../../services/house/feature.ts';
import { administrationActs } from './administration.policy.ts';
import { administrationRoutes } from './administration.routes.ts';
import { backfillRoutes } from './backfill.routes.ts';
import { peopleRoutes } from './people.routes.ts';
import { translationRoutes } from './translation.routes.ts';

/** What administrators look after. */
export const administrationFeature: Feature = {
  name: 'administration',
  styles: ['admin'],
  pages: (house) => [administrationRoutes(house), translationRoutes(house), backfillRoutes(house), peopleRoutes(house)],
  desks: [{ path: '/admin', words: 'admin:title', act: administrationActs.open }],
};
