import type { Feature } from '../house/feature.ts';
import { mailMetrics } from './mails.metrics.ts';
import { outboxRoutes } from './outbox.routes.ts';

/** Mails, and where a demonstration keeps them. */
export const notificationsFeature: Feature = {
  name: 'notifications',
  pages: (house) => [outboxRoutes(house)],
  metrics: ({ mailer }) => mailMetrics(mailer),
};
