import type { RoleName } from '../../platform/person.ts';
import type { Invitation } from './kinds.ts';

/**
 * Who may do something, in the words of a policy:
 * - `author`: of the subject; `author above`: of what the subject stands under; `author of one`: of at least one subject of this noun.
 * - a role: in the space, or everywhere; an administrator may what everybody may. Where nothing stands in a space, everywhere.
 * - a role `anywhere`: in one space at least.
 */
export type Who =
  | 'everybody'
  | 'signed in'
  | 'author'
  | 'author above'
  | 'author of one'
  | RoleName
  | `${RoleName} anywhere`;

/**
 * How the subject must be:
 * - `open`: neither it nor anything above it is hidden or withdrawn; otherwise 410.
 * - `not hidden` and `hidden`: by a decision about the subject itself; otherwise 409. A withdrawn subject is neither.
 */
export type State = 'open' | 'not hidden' | 'hidden';

/** Who may do one thing, when, and how often. */
export interface Rule {
  /** One of these is enough. */
  who: readonly Who[];
  /** How often one person does it; more is refused with 429. */
  limit?: { minute: number; hour?: number };
  while?: State;
  /** Only with kinds that invite it. */
  invited?: Invitation;
  /** Only with kinds that may be hidden, or that people translate. */
  of?: 'hideable' | 'translatable';
}

/** A rule with its name: the gate asks for it. */
export interface Act extends Rule {
  /** What is acted on: `idea`. */
  noun: string;
  /** `edit`. */
  name: string;
}

type Named<Rules> = { readonly [Name in keyof Rules]: Rules[Name] & Act };

/** The policy of one noun: everything people may do with it, by its name. */
export function acts<const Rules extends Readonly<Record<string, Rule>>>(noun: string, rules: Rules): Named<Rules> {
  const named: Named<Rules> = Object.assign(
    {},
    ...Object.entries(rules).map(([name, rule]) => ({ [name]: { ...rule, noun, name } })),
  );
  return named;
}
