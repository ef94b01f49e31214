import type { T } from '../../platform/i18n.ts';
import type { Figures } from './figures.reads.ts';

/** In the order in which people read them. */
export const FIGURES = [
  'participants',
  'ideas',
  'comments',
  'endorsements',
  'languages',
  'events',
  'held',
  'registrations',
  'reports',
  'attendees',
] as const satisfies readonly (keyof Figures)[];

/** What each figure of a week means, in the language of the reader: the page and the API say the same. */
export const definitionsOf = (t: T): Record<keyof Figures, string> => ({
  participants: t('statistics:weekParticipantsMeaning'),
  ideas: t('statistics:weekIdeasMeaning'),
  comments: t('statistics:weekCommentsMeaning'),
  endorsements: t('statistics:weekEndorsementsMeaning'),
  languages: t('statistics:weekLanguagesMeaning'),
  events: t('statistics:weekEventsMeaning'),
  held: t('statistics:weekHeldMeaning'),
  registrations: t('statistics:weekRegistrationsMeaning'),
  reports: t('statistics:weekReportsMeaning'),
  attendees: t('statistics:weekAttendeesMeaning'),
});
