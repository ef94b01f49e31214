import type { Key } from '#locales/keys.ts';
import type { Html } from '../../platform/html.ts';
import type { Em } from '../../platform/db/database.ts';
import type { Context } from '../../platform/http/context.ts';
import type { Person } from '../../platform/person.ts';
import type { Act } from './acts.ts';

/** What a page is made of. `title` stands in the window, `body` in `<main>`. */
export interface Page {
  title: string;
  body: Html;
  description?: string;
  /** The rooms this page listens to, and what a new line in them means: see public/js/live.js. */
  live?: { rooms: readonly string[] };
  /** Not for search engines: forms, private pages, errors. */
  unlisted?: boolean;
  /** Its one address, where the query chooses what it shows: in the order of ours, without what goes without saying. Else its path is. */
  canonical?: string;
  /** The entry of the navigation it belongs to. */
  current?: string;
  /**
   * The ids of what it shows, or `lists` for what any new text may change: an anonymous page is kept until one of them changes. A page
   * that stands on nothing is never kept.
   */
  standsOn?: readonly string[];
}

/** A page of a feature where every page leads to it: in the main navigation, and at the foot in one of the columns. */
export interface Link {
  name: string;
  /** Below the language. */
  path: string;
  words: Key;
  /** False for what stands at the foot alone. */
  isMain: boolean;
  foot: 'takePart' | 'follow' | 'data' | 'service' | null;
  /** True where search engines shall find it. */
  isSought?: boolean;
}

/** A page where work waits, for those the gate admits to it. Features list those of wider roles later. */
export interface Desk {
  path: string;
  words: Key;
  act: Act;
}

/** Draws the language band: told by the statistics, shown on every page. */
export type Band = (language: string) => Promise<Html>;

export interface Site {
  /** Those of all features. */
  links: readonly Link[];
  /** Where a person's work waits, below the language: of several desks the one of the widest role. Null for most people. */
  deskOf(em: Em, person: Person): Promise<string | null>;
  /** Answers with a whole page in the language of the request. */
  send(ctx: Context, page: Page, status?: number): Promise<void>;
}
