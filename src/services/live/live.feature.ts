import type { Feature } from '../house/feature.ts';
import { activityApi } from './activity.api.ts';

/** What happens, told as it happens. */
export const liveFeature: Feature = {
  name: 'live',
  styles: ['live'],
  api: activityApi,
};
