import { Activity, ActivityCursor } from './activity/activity.entity.ts';
import { Rate } from './http/rate.entity.ts';
import { Platform } from './platform.entity.ts';

/** The tables that are there without any feature. */
export const platformEntities = [Platform, Rate, Activity, ActivityCursor] as const;
