export type RoleName = 'organizer' | 'moderator' | 'secretariat' | 'administrator';

/** Who acts: the signed-in person as every operation sees them. */
export interface Person {
  id: string;
  handle: string | null;
  name: string | null;
  interfaceLanguage: string;
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
  if (!person) return false;
  return person.roles.some(
    (role) =>
      (role.name === name || role.name === 'administrator') && (role.spaceId === null || role.spaceId === spaceId),
  );
}
