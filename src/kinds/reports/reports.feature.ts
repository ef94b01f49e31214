import { readingPages } from '../../services/contributions/pages.ts';
import type { Feature } from '../../services/house/feature.ts';
import { reportFederated } from './report.federated.ts';
import { reportFormRoutes } from './form.routes.ts';
import { Report } from './report.entity.ts';
import { reportsApi } from './reports.api.ts';
import { reports } from './report.kind.ts';
import { reportFigures } from './reports.figures.ts';
import { createDiscussedPanel, createReportPanel, reportFields } from './reports.panels.ts';
import { reportKind } from './reports.ts';

/** What was said at events. */
export const reportsFeature: Feature = {
  name: 'reports',
  entities: [Report],
  kind: reportKind,
  federated: reportFederated,
  styles: ['reports'],
  figures: reportFigures,
  panels: (house) => [createReportPanel(house), createDiscussedPanel(house)],
  fields: reportFields,
  pages: (house) => [readingPages(house, reports(house)), reportFormRoutes(house)],
  api: reportsApi,
  personal: { report: {} },
};
