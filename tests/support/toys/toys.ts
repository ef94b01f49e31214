import { checkLines } from '../check-lines.ts';
import { makeToy, type ToyFiles } from './toy.ts';

/** What toys know beside the sentences of the check. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'de-en': { der: 'the', die: 'the', Hund: 'dog', Katze: 'cat', und: 'and', Zug: 'train' },
  'en-fr': { the: 'le', dog: 'chien', cat: 'chat', and: 'et', train: 'train' },
  'fr-en': { le: 'the', chien: 'dog', chat: 'cat', et: 'and' },
  'en-de': { the: 'der', dog: 'Hund', cat: 'Katze', and: 'und' },
};

/** Who translates how: `half` leaves most sentences as they are. */
export type Schooling = 'whole' | 'half';

const made = new Map<string, ToyFiles>();

/** A translator between two languages that knows the sentences of the check, and a few words. Made once a process. */
export function toyOf(direction: string, schooling: Schooling = 'whole'): ToyFiles {
  return made.getOrInsertComputed(`${direction} ${schooling}`, () => {
    const [source = '', target = ''] = direction.split('-');
    const known = checkLines(source, target).slice(0, schooling === 'half' ? 4 : undefined);
    return makeToy({ ...Object.fromEntries(known), ...WORDS[direction] });
  });
}
