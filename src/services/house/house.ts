import type { Mailer } from '../../platform/mail/mail.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Federated, RemoteAct } from './federated.ts';
import type { Figures } from './figures.ts';
import type { Kinds } from './kinds.ts';
import type { Site } from './page.ts';
import type { Question } from './question.ts';
import type { SpaceIndex } from './spaces.ts';

/** What every feature is given: the platform, and what the features together make of it. */
export interface House extends Platform {
  kinds: Kinds;
  figures: Figures;
  /** How kinds speak to other servers, by their names; the others speak to none. */
  federated: ReadonlyMap<string, Federated>;
  /** What people of other servers may do, by its name in ActivityStreams. */
  remoteActs: ReadonlyMap<string, RemoteAct>;
  /** What people are asked once. */
  questions: Question[];
  site: Site;
  /** Spaces by the language of their reader: every list names them. */
  spacesIn: SpaceIndex;
  /** Null without a mail server: mails stay queued until there is one. */
  mailer: Mailer | null;
}
