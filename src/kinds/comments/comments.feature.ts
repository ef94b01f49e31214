import type { Feature } from '../../services/house/feature.ts';
import { commentFederated } from './comment.federated.ts';
import { PUBLISHED } from '../../services/house/personal.ts';
import { Comment } from './comment.entity.ts';
import { commentsApi } from './comments.api.ts';
import { commentFigures } from './comments.figures.ts';
import { createCommentsPanel } from './comments.panel.ts';
import { commentsRoutes } from './comments.routes.ts';
import { commentCounter, commentKind } from './comments.ts';

/** What people say to what others wrote. */
export const commentsFeature: Feature = {
  name: 'comments',
  entities: [Comment],
  kind: commentKind,
  federated: commentFederated,
  counters: [commentCounter],
  figures: commentFigures,
  panels: (house) => [createCommentsPanel(house)],
  styles: ['comments'],
  pages: (house) => [commentsRoutes(house)],
  api: commentsApi,
  personal: { comment: { personal: { alignment: PUBLISHED } } },
};
