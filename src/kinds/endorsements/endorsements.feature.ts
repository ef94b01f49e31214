import type { Feature } from '../../services/house/feature.ts';
import { Endorsement } from './endorsement.entity.ts';
import { endorsementsApi } from './endorsements.api.ts';
import { endorsementAct, endorsementFigures } from './endorsements.figures.ts';
import { endorsementsPersonal } from './endorsements.personal.ts';
import { endorsementPanel, endorsementsRoutes } from './endorsements.routes.ts';
import { elsewhereCounter, endorseFromElsewhere, endorsementCounter } from './endorsements.ts';

/** Support for what others wrote. */
export const endorsementsFeature: Feature = {
  name: 'endorsements',
  entities: [Endorsement],
  verbs: { endorsed: { tells: 'number' } },
  counters: [endorsementCounter, elsewhereCounter],
  figures: endorsementFigures,
  participations: { endorsement: endorsementAct },
  remoteActs: { Like: endorseFromElsewhere },
  panels: () => [endorsementPanel],
  pages: (house) => [endorsementsRoutes(house)],
  api: endorsementsApi,
  personal: endorsementsPersonal,
};
