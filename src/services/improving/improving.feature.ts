import type { Feature } from '../house/feature.ts';
import { GlossaryTerm } from './glossary.entity.ts';
import { glossaryRoutes } from './glossary.routes.ts';
import { improvingApi } from './improving.api.ts';
import { improvingPersonal } from './improving.personal.ts';
import { glossaryActs } from './improving.policy.ts';
import { improvingRoutes } from './improving.routes.ts';
import { improvementKind } from './looking.ts';
import { TranslationRevision } from './revision.entity.ts';
import { revisionsRoutes } from './revisions.routes.ts';

/** What people do about translations: write them, take them back, keep a glossary. */
export const improvingFeature: Feature = {
  name: 'improving',
  kind: improvementKind,
  entities: [TranslationRevision, GlossaryTerm],
  styles: ['glossary'],
  pages: (house) => [improvingRoutes(house), revisionsRoutes(house), glossaryRoutes(house)],
  api: improvingApi,
  desks: [{ path: '/glossary', words: 'glossary:title', act: glossaryActs.open }],
  personal: improvingPersonal,
};
