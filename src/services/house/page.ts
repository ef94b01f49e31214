import type { Key } from '#locales/keys.ts';
import type { Html } from '../../platform/html.ts';
import type { Context } from '../../platform/http/context.ts';

/** What a page is made of. `title` stands in the window, `body` in `<main>`. */
export interface Page {
  title: string;
  body: Html;
  description?: string;
  /** The rooms this page listens to, and what a new line in them means: see public/js/live.js. */
  live?: { rooms: readonly string[] };
  /** Not for search engines: forms, private pages, errors. */
  unlisted?: boolean;
  /** The entry of the navigation it belongs to. */
  current?: string;
}

/** An entry of the main navigation, put together in app.ts. */
export interface NavigationEntry {
  name: string;
  /** Below the language. */
  path: string;
  words: Key;
}

/** Draws the language band: told by the statistics, shown on every page. */
export type Band = (language: string) => Promise<Html>;

export interface Site {
  /** Answers with a whole page in the language of the request. */
  send(ctx: Context, page: Page, status?: number): Promise<void>;
}
