import type Router from '@koa/router';
import type { EntitySchema } from '@mikro-orm/core';

import type { ActivityReader } from '../../platform/activity/readers.ts';
import type { Verbs } from '../../platform/activity/verbs.ts';
import type { Endpoint } from '../../platform/api/api.ts';
import type { Em } from '../../platform/db/database.ts';
import type { State } from '../../platform/http/context.ts';
import type { JobData } from '../../platform/jobs.ts';
import type { Mail } from '../../platform/mail/mail.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Schedule } from '../../platform/schedules.ts';
import type { Federated, RemoteAct } from './federated.ts';
import type { Participation, Figure } from './figures.ts';
import type { House } from './house.ts';
import type { Counter, Field, Kind, Panel, Written } from './kinds.ts';
import type { Band, Desk, Link } from './page.ts';
import type { PersonalData } from './personal.ts';
import type { Question } from './question.ts';
import type { SpaceIndex } from './spaces.ts';

/** Writes the mail of a job, or null when there is nothing to say any more. May run twice with one result. */
export type Letter = (house: House, em: Em, data: JobData) => Promise<Mail | null>;

/** What is done at set times, once a platform; the times are cron's, in UTC. May run twice with one result. */
export interface Scheduled extends Omit<Schedule, 'run'> {
  run(house: House): Promise<void>;
}

/** A loop of its own. Closing waits for what is in hand. */
export interface Running {
  close(): Promise<void>;
}

/** Does a job once it is due. May run twice with one result. */
export type Work = (house: House, data: JobData) => Promise<void>;

/**
 * Everything a feature brings along. Each folder exports one, `src/features.ts` lists them, and the application, the tables, the queues,
 * the description of the API and the figures are made from that list. A feature leaves out what it does not have.
 */
export interface Feature {
  name: string;
  entities?: readonly EntitySchema[];
  /** What people act on here. */
  kind?: Kind;
  /** How its kind speaks to other servers; left out where none is told of it. */
  federated?: Federated;
  /** What people of other servers may do with subjects, by its name in ActivityStreams. */
  remoteActs?: Readonly<Record<string, RemoteAct>>;
  /** What happens here, as the activity tells it. */
  verbs?: Verbs;
  /** Numbers of subjects, whatever their kind. */
  counters?: readonly Counter[];
  /** What it tells of every week, by names that the API and files keep. */
  figures?: Readonly<Record<string, Figure>>;
  /** What people take part with here, besides what they write. */
  participations?: Readonly<Record<string, Participation>>;
  /** What it shows on the pages of kinds that invite it. */
  panels?(house: House): readonly Panel[];
  /** What it adds to the JSON of kinds that invite it. */
  fields?(house: House): readonly Field[];
  /** What it shows on the page of a person who wrote something here. */
  written?(house: House): Written;
  /** What it shows a person alone, on their own page: where they go. */
  attended?(house: House): Written;
  /** Doors for other servers: before pages and sessions, with bodies of their own. They pass on what is not for them. */
  machines?(house: House): readonly Router<State>[];
  question?(house: House): Question | null;
  pages?(house: House): readonly Router<State>[];
  api?(house: House): readonly Endpoint[];
  /** By the name of their queue. */
  mails?: Readonly<Record<string, Letter>>;
  /** By the name of their queue. */
  jobs?: Readonly<Record<string, Work>>;
  schedules?: readonly Scheduled[];
  /** What runs all the time where jobs are done, until it is closed. */
  works?(house: House): readonly Running[];
  /** What follows from the activity, in one process at a time. */
  readers?(house: House): readonly ActivityReader[];
  navigation?: readonly Link[];
  /** Where work waits for people with a role. */
  desks?: readonly Desk[];
  /** Files of `public/css`, in the order in which later ones may overrule earlier ones. */
  styles?: readonly string[];
  metrics?(house: House): Metrics;
  /** What it keeps of people, and what happens to that on export and erasure: all its tables. */
  personal?: PersonalData;
  /** One feature alone knows the spaces, and one draws the band under the header. */
  spaces?(platform: Platform): SpaceIndex;
  band?(platform: Platform): Band;
}
