import type { Em } from '../../platform/db/database.ts';

/** Something everybody is asked once, after they have signed in: a page below the language, which leads on to `to`. */
export interface Question {
  path: string;
  isOpen(em: Em, personId: string): Promise<boolean>;
}
