import type { Feature } from '../house/feature.ts';
import { redirectRoutes } from './redirects.ts';
import { sitemapRoutes } from './sitemap.routes.ts';

/** What every page is made of, and addresses without a language. */
export const siteFeature: Feature = {
  name: 'site',
  styles: ['tokens', 'fonts', 'base', 'layout', 'components', 'buttons', 'forms', 'figures', 'masthead', 'site'],
  pages: (house) => [redirectRoutes(house), sitemapRoutes(house)],
};
