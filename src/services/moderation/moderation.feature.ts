import type { Feature } from '../house/feature.ts';
import { Decision } from './decision.entity.ts';
import { deskRoutes } from './desk.routes.ts';
import { Flag } from './flag.entity.ts';
import { flagsApi } from './flags.api.ts';
import { flagFromElsewhere } from './flags.ts';
import { flagsRoutes } from './flags.routes.ts';
import { improvementsRoutes } from './improvements.routes.ts';
import { decisionMail } from './moderation.mails.ts';
import { moderationPersonal } from './moderation.personal.ts';
import { moderationActs } from './moderation.policy.ts';
import { moderationRoutes } from './moderation.routes.ts';
import { DECISION_MAIL, decisionKind } from './moderation.ts';

/** Decisions with a reason, flags, and the desk of moderators. */
export const moderationFeature: Feature = {
  name: 'moderation',
  entities: [Decision, Flag],
  kind: decisionKind,
  remoteActs: { Flag: flagFromElsewhere },
  verbs: { flagged: { tells: 'staff' }, 'flags-settled': { tells: 'staff' } },
  mails: { [DECISION_MAIL]: decisionMail },
  styles: ['moderation'],
  pages: (house) => [moderationRoutes(house), flagsRoutes(house), deskRoutes(house), improvementsRoutes(house)],
  api: flagsApi,
  desks: [{ path: '/moderation', words: 'moderation:desk', act: moderationActs.openDesk }],
  personal: moderationPersonal,
};
