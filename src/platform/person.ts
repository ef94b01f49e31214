export const ROLES = ['organizer', 'moderator', 'secretariat', 'administrator'] as const;
export type RoleName = (typeof ROLES)[number];

/** Who acts: the signed-in person as every operation sees them. */
export interface Person {
  id: string;
  handle: string | null;
  name: string | null;
  interfaceLanguage: string;
  /** In which texts come; null for the language of the page. */
  textsLanguage: string | null;
  /** Languages shown in the original, never translated for this person. */
  reads: readonly string[];
  showsFirst: 'translation' | 'original' | null;
  /** Named among those who support something. */
  showsSupport: boolean;
  roles: readonly { name: RoleName; spaceId: string | null }[];
  /** A token that lifts the rate limits. */
  unlimited: boolean;
}

/** Everywhere, or in this space. An administrator may what everybody may. */
export function hasRole(person: Person | null, name: RoleName, spaceId: string | null = null): boolean {
  const spaces = spacesOf(person, name);
  return spaces === 'all' || (spaceId !== null && spaces.includes(spaceId));
}

/** Where a person has this role: everywhere, or in the spaces with these ids; for most that is none. */
export function spacesOf(person: Person | null, name: RoleName): 'all' | readonly string[] {
  const roles = person?.roles.filter((role) => role.name === name || role.name === 'administrator') ?? [];
  const spaces = roles.map((role) => role.spaceId);
  return spaces.includes(null) ? 'all' : spaces.filter((id) => id !== null);
}
