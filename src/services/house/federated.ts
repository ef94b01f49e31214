import type { Em } from '../../platform/db/database.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Languages } from '../../platform/languages.ts';
import type { Person } from '../../platform/person.ts';
import type { Act } from './acts.ts';
import type { Kinds, SubjectRow } from './kinds.ts';

/** How a kind speaks to other servers (ActivityPub). */
export interface Federated {
  /** Of its objects, in ActivityStreams. */
  type: 'Page' | 'Note' | 'Event' | 'Article';
  /** The space says it, and names its author: groups alone are heard by calendars elsewhere. */
  bySpace?: true;
  /** What its objects have beyond words, author and place in a conversation, by the ids of the subjects. */
  tell?(em: Em, ids: readonly string[], publicUrl: string): Promise<ReadonlyMap<string, Record<string, unknown>>>;
  /** What other servers send of this kind. */
  take?: Taking;
}

/** Takes what was written on another server. Its author is a person of that server, and the gate asks for them as for anybody. */
export interface Taking {
  /** `reply`: below a subject; `post`: in a space. */
  as: 'reply' | 'post';
  /** Stores it. Returns its id. Throws as posting it here would. */
  post(em: Em, services: { languages: Languages; kinds: Kinds }, posted: RemotePost): Promise<string>;
  /** Of its policy. */
  edit: Act;
  withdraw: Act;
}

export interface RemotePost {
  person: Person;
  /** What it answers, or the space. */
  at: SubjectRow;
  words: RemoteWords;
}

/** What somebody wrote on another server, as Markdown. */
export interface RemoteWords {
  title: string | null;
  body: string;
  /** One of ours, where it says so; else it is detected. */
  language: string | null;
  uri: string;
  host: string;
  publishedAt: Date;
}

/** How such words are stored. */
export const writtenElsewhere = ({ title, body, language }: Omit<RemoteWords, 'uri' | 'host' | 'publishedAt'>) => ({
  ...{ title, body, language },
  isRemote: true,
  interfaceLanguage: 'en',
});

export interface RemoteDone {
  person: Person;
  /** Of the subject. */
  id: string;
  isOn: boolean;
  /** What they said with it, as plain text. */
  words: string | null;
}

/** An act of somebody elsewhere on a subject of ours, by its name in ActivityStreams; `isOn` false: it is undone. Throws as the act here would. */
export type RemoteAct = (
  em: Em,
  services: { languages: Languages; kinds: Kinds; jobs: Jobs },
  done: RemoteDone,
) => Promise<void>;
