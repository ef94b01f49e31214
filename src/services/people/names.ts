import { sql } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import { InvalidInput } from '../../platform/http/errors.ts';

// A name is what its person likes, as long as nobody else could be taken for it: those who run the platform, and institutions.

/** What only those who run a platform may be called, in the languages of the interface. As a word of a name none of them may stand. */
const OFFICES =
  'admin administrator administrador administradora moderator moderador moderadora secretariat secretaria secretariado polyphony مشرف مشرفة مدير مديرة الأمانة';
/** As whole names. */
const INSTITUTIONS = [
  ...[
    'european commission',
    'european parliament',
    'european council',
    'european union',
    'council of the european union',
  ],
  ...['comision europea', 'parlamento europeo', 'consejo europeo', 'union europea'],
  ...['comissao europeia', 'parlamento europeu', 'conselho europeu', 'uniao europeia'],
  ...['المفوضية الأوروبية', 'البرلمان الأوروبي', 'المجلس الأوروبي', 'الاتحاد الأوروبي'],
  ...['support', 'help', 'staff', 'root', 'system', 'official'],
];

/** Letters of other scripts that look like Latin ones (Unicode TR39, the common ones), and digits in their place. */
const LOOKALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...[
      'аa',
      'еe',
      'оo',
      'рp',
      'сc',
      'уy',
      'хx',
      'іi',
      'јj',
      'ѕs',
      'һh',
      'кk',
      'мm',
      'тt',
      'вb',
      'нh',
      'ԁd',
      'ɡg',
      'ӏl',
    ],
    ...['αa', 'οo', 'ρp', 'νv', 'ιi', 'κk', 'τt', 'υu', 'εe', 'ηn', 'χx', 'ıi', '0o', '1l', '3e', '5s'],
  ].map(([from = '', to = '']) => [from, to]),
);

/** Signs that say "this is checked", which no name says of itself. */
const CHECKED = /[✓✔☑✅🗸🛡⚖®™©]/u;
/** Nothing to see: two names that look the same would differ. Joiners of Arabic and Indic scripts stay. */
const UNSEEN =
  /[\u0080-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u2060-\u2064\u206A-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]|\u034F/u;

/** What a name looks like: two with one skeleton cannot be told apart. */
function skeletonOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase();
  const latin = Array.from(plain, (letter) => LOOKALIKES[letter] ?? letter).join('');
  return latin.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

const offices = new Set(OFFICES.split(' ').map(skeletonOf));
const institutions = new Set(INSTITUTIONS.map(skeletonOf));

/** Throws InvalidInput for a name that could be taken for an office, an institution, or somebody who runs this platform. */
export async function refuseFalseNames(em: Em, name: string, personId: string | null): Promise<void> {
  if (UNSEEN.test(name)) throw wrong('errors:badCharacters');
  const skeleton = skeletonOf(name);
  const isReserved = institutions.has(skeleton) || skeleton.split(' ').some((word) => offices.has(word));
  if (isReserved || CHECKED.test(name) || (await isOfStaff(em, skeleton, personId))) throw wrong('errors:nameReserved');
}

async function isOfStaff(em: Em, skeleton: string, personId: string | null): Promise<boolean> {
  const staff = await rows(
    em,
    sql<{
      name: string;
    }>`select p.name from person p where p.erased_at is null and p.id is distinct from ${personId}::uuid
      and exists (select 1 from role r where r.person_id = p.id and r.name <> 'organizer')`,
  );
  return staff.some((each) => skeletonOf(each.name) === skeleton);
}

const wrong = (key: 'errors:badCharacters' | 'errors:nameReserved') =>
  new InvalidInput([{ field: 'name', key, params: {} }]);
