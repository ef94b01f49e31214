import type { Languages } from './languages.ts';
import type { Person } from './person.ts';

export type View = 'translation' | 'original';

/** What a reader meets first on a page. */
export interface Preference {
  view: View;
  /** The address of the page says so: then it holds for every text on it, and links to other lists carry it along. */
  isAsked?: boolean;
  /** True when the choice for a single text is kept: for people who are signed in. All others have it in the address. */
  remembers?: boolean;
}

/** Who reads, and texts in which language: not always that of the page. Every request carries one. */
export interface Reader {
  languages: Languages;
  language: string;
  person: Person | null;
  /** What the page they read shows, for lists of titles. */
  preference?: Preference;
}
