// English is the measure: `npm run words` compares every other language with it.
import type admin from './en/admin.json';
import type comments from './en/comments.json';
import type contributions from './en/contributions.json';
import type endorsements from './en/endorsements.json';
import type errors from './en/errors.json';
import type events from './en/events.json';
import type federation from './en/federation.json';
import type glossary from './en/glossary.json';
import type ideas from './en/ideas.json';
import type mails from './en/mails.json';
import type moderation from './en/moderation.json';
import type organize from './en/organize.json';
import type people from './en/people.json';
import type reports from './en/reports.json';
import type secretariat from './en/secretariat.json';
import type site from './en/site.json';
import type statistics from './en/statistics.json';
import type texts from './en/texts.json';
import type translations from './en/translations.json';

interface Words {
  admin: typeof admin;
  comments: typeof comments;
  contributions: typeof contributions;
  endorsements: typeof endorsements;
  errors: typeof errors;
  events: typeof events;
  federation: typeof federation;
  glossary: typeof glossary;
  ideas: typeof ideas;
  mails: typeof mails;
  moderation: typeof moderation;
  organize: typeof organize;
  people: typeof people;
  reports: typeof reports;
  secretariat: typeof secretariat;
  site: typeof site;
  statistics: typeof statistics;
  texts: typeof texts;
  translations: typeof translations;
}

export const NAMESPACES = [
  'admin',
  'comments',
  'contributions',
  'endorsements',
  'errors',
  'events',
  'federation',
  'glossary',
  'ideas',
  'mails',
  'moderation',
  'organize',
  'people',
  'reports',
  'secretariat',
  'site',
  'statistics',
  'texts',
  'translations',
] as const;

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type Base<K extends string> = K extends `${infer Name}_${Plural}` ? Name : K;

/** `namespace:key`; plural forms are named by their base. */
export type Key = { [N in keyof Words]: `${N}:${Base<Extract<keyof Words[N], string>>}` }[keyof Words];
