/** A space where it is named: its words in the reader's language where people wrote them, else as they were written. */
export interface NamedSpace {
  id: string;
  slug: string;
  title: string;
  description: string;
  /** Of title and description. */
  language: string;
}

/** With what is public in it. */
export interface CountedSpace extends NamedSpace {
  counts: { ideas: number; languages: number };
  /** Ideas by the language they were written in. */
  ideasIn: Readonly<Record<string, number>>;
}

/**
 * All spaces as a reader of this language sees them, in their order, with their numbers. What nobody has said in it is said in the
 * `other`, that of the page.
 */
export type SpaceIndex = (language: string, other?: string) => Promise<readonly CountedSpace[]>;
