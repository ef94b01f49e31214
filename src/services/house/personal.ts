// Personal data as the GDPR means it: each feature says which of its columns hold something about a person, or lead to one, what of that goes
// into the copy its person may ask for (access and portability, Articles 15 and 20), and what becomes of it when they ask to be forgotten
// (erasure, Article 17). Both only walk this list. `tests/personal.test.ts` compares it with the database's own catalogue.

/** What a feature keeps of people, by the names of its tables. A table without a word, an id or a place in it is `{}`. */
export type PersonalData = Readonly<Record<string, PersonalTable>>;

/** The columns of a table that could hold something about a person: each is in one of the two. */
export interface PersonalTable {
  /** By name. */
  personal?: Readonly<Record<string, PersonalColumn>>;
  /** Names of those that are about nobody. */
  impersonal?: readonly string[];
}

/** What is kept of a person, or what is made of that, or what is not kept for long, or what has to stay. */
export type PersonalColumn = Held | Derived | Expiring | Retained;

/** About the person to whom its row leads. */
export interface Held {
  /** The way from the row to the person, over keys: `person_id`, `subject_id.author_id`. Without it the column itself points to the person. */
  of?: string;
  /** True: it goes into the person's copy of their data. */
  exported: boolean;
  erasure: Erasure;
  /** Made from somebody else's columns, too (`table.column`): it goes when those do. */
  derivedFrom?: readonly string[];
}

/**
 * - `delete`: the row goes.
 * - `{ becomes }`: the column takes this value.
 * - `anonymize`: it stays, and leads to the row of a person in which nothing is left.
 * - `ask`: it stays as what the person published, unless they choose to take it back: then it becomes null.
 */
export type Erasure = 'delete' | 'anonymize' | 'ask' | { becomes: null | string | boolean | readonly string[] };

/** Made from other columns (`table.column`), and goes when those do. The copy has the originals. */
export interface Derived {
  derivedFrom: readonly string[];
}

/** Goes by itself before anybody could ask: in words, when. */
export interface Expiring {
  expires: string;
}

/** Stays for a reason that is stronger than the wish to be forgotten: in words, which. */
export interface Retained {
  retained: string;
}

/** What an author publishes with a subject: words, a place, a stance. For tables with a `subject_id`. */
export const PUBLISHED: Held = { of: 'subject_id.author_id', exported: true, erasure: 'ask' };
