import type { SpaceIndex, CountedSpace } from '../../services/house/spaces.ts';
import { tells } from '../../platform/activity/verbs.ts';
import type { Platform } from '../../platform/platform.ts';
import { countIdeas, listSpaces, type IdeaCounts } from './spaces.reads.ts';

/** Everything that no activity line tells is at most this old. */
const SECONDS = 10;

/** Every list names the spaces and counts its ideas: that is read once a process and language, until something is published, hidden or corrected. */
export function createSpaceIndex({ database, tail, languages, verbs }: Platform): SpaceIndex {
  const known = new Map<string, Promise<CountedSpace[]>>();
  let counted: Promise<IdeaCounts> = Promise.resolve(new Map());
  let until = 0;
  tail.read('spaces', (lines) => {
    if (lines.some((line) => line.kind !== 'comment' && tells(verbs, line, 'words'))) until = 0;
  });

  return async (language, other = language) => {
    if (until < Date.now()) count();
    const spaces = await inLanguage(language);
    if (other === language) return spaces;
    const instead = await inLanguage(other);
    return spaces.map((space, at) => (space.language === language ? space : (instead[at] ?? space)));
  };

  function inLanguage(language: string): Promise<CountedSpace[]> {
    let spaces = known.get(language);
    if (!spaces) known.set(language, (spaces = read(language)));
    return spaces;
  }

  function count(): void {
    until = Date.now() + SECONDS * 1_000;
    known.clear();
    counted = countIdeas(database.em());
  }

  async function read(language: string): Promise<CountedSpace[]> {
    try {
      return await listSpaces(database.em(), { languages, language, person: null }, await counted);
    } catch (error) {
      until = 0; // the next page tries again
      throw error;
    }
  }
}
