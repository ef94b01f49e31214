/** A place in a list that is sorted by time: opaque to clients. */
export function listCursor(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');
}

/** PostgreSQL knows no year nought. */
const CURSOR = /^((?!0000)\d{4}-\d\d-\d\dT[\d:.]{8,12}Z) ([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

/** Null when Polyphony did not make it. */
export function parseListCursor(cursor: string): { at: string; id: string } | null {
  const [, at, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  // A 30 February reads as a day in March, and PostgreSQL knows no such day.
  const moment = new Date(at ?? '');
  return at && id && !Number.isNaN(moment.getTime()) && moment.toISOString() === at ? { at, id } : null;
}
