import { randomInt } from 'node:crypto';

import { sql } from 'kysely';

import { row, type Em } from '../../platform/db/database.ts';
import { tables } from '../../platform/db/tables.ts';
import { InvalidInput } from '../../platform/http/errors.ts';
import { ReservedHandle } from './person.entity.ts';

// A handle is part of addresses: Latin letters, digits and hyphens, given once and never changed.

const RESERVED = new Set(
  'admin administrator api about citizen help moderator moderation organizer organizers polyphony root secretariat security staff support system me new null undefined everyone nobody server translator'.split(
    ' ',
  ),
);

/** So many people of one name are numbered in turn. */
const NAMESAKES = 10_000;

/** A handle is never given twice, not even after its person was erased: links in old texts must not lead to somebody else. */
export async function takeHandle(em: Em, handle: string): Promise<void> {
  const taken = new InvalidInput([{ field: 'handle', key: 'errors:handleTaken', params: {} }]);
  if (RESERVED.has(handle) || !(await reserveHandle(em, handle))) throw taken;
}

/** Has nobody take it from now on: spaces are found by their names, as people are. False where somebody has it. */
export async function reserveHandle(em: Em, handle: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows: mine } = await tables(em, ReservedHandle)
    .insertInto('reserved_handle')
    .values({ handle })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Boolean(mine);
}

/** A handle made of the name that nobody has had: `ada`, `ada-2`, `ada-3` … */
export async function freeHandle(em: Em, name: string): Promise<string> {
  const base =
    inLatin(name)
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 24)
      .replace(/-+$/, '') || 'person';
  const first = base.length < 3 ? `${base}-eu` : base;
  const free = await row<{ number: number }>(
    em,
    sql`select number from generate_series(${RESERVED.has(first) ? 2 : 1}::int, ${NAMESAKES}::int) number
        where not exists (select 1 from reserved_handle where handle = ${first}::text || case when number = 1 then '' else '-' || number end)
        order by number limit 1`,
  );
  return `${first}${free?.number === 1 ? '' : `-${free?.number ?? randomInt(NAMESAKES, 1e9)}`}`;
}

/** What has no plain Latin letter below its accent, as passports and road signs write it (ELOT 743, the Bulgarian law of 2009). */
const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'ß=ss æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ħ=h ı=i ŋ=n ŧ=t',
    'α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o',
    'а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=ts ч=ch ш=sh щ=sht ъ=a ь=y ю=yu я=ya',
    'ы=y э=e і=i ј=j љ=lj њ=nj ћ=c ђ=dj џ=dz є=ye',
  ].flatMap((line) => line.split(' ').map((pair) => pair.split('='))),
);

function inLatin(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll('й', 'y')
    .replaceAll('ου', 'ou')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '');
  return Array.from(plain, (letter) => LATIN[letter] ?? letter).join('');
}
