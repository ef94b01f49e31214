// Addresses without a language, under which other servers know what stands here. They never change.

/** Of any subject. */
export const subjectUri = (publicUrl: string, id: string): string => `${publicUrl}/o/${id}`;

/** Of a space. */
export const spaceUri = (publicUrl: string, slug: string): string => `${publicUrl}/s/${slug}`;

/** Of a person. */
export const personUri = (publicUrl: string, handle: string): string => `${publicUrl}/u/${handle}`;
