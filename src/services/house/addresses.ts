// Addresses without a language, under which other servers know what stands here. They never change.

/** Of any subject. */
export const subjectUri = (publicUrl: string, id: string): string => `${publicUrl}/o/${id}`;

/** The id of a subject of ours, by its address; null for anything else. */
export function subjectOf(publicUrl: string, uri: string): string | null {
  const [, id] = uri.startsWith(`${publicUrl}/o/`) ? uri.slice(publicUrl.length).split('/o/') : [];
  return id && /^[0-9a-f-]{36}$/.test(id) ? id : null;
}

/** Of a space. */
export const spaceUri = (publicUrl: string, slug: string): string => `${publicUrl}/s/${slug}`;

/** Of a person. */
export const personUri = (publicUrl: string, handle: string): string => `${publicUrl}/u/${handle}`;
