/** A place in a list that is sorted by time: opaque to clients. */
export function listCursor(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');
}

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z) ([0-9a-f]{8}-[0-9a-f-]{27})$/;

/** Null when Polyphony did not make it. */
export function parseListCursor(cursor: string): { at: string; id: string } | null {
  const [, at, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  // A 30 February reads as a day in March, and PostgreSQL knows no such day.
  const moment = new Date(at ?? '');
  return at && id && !Number.isNaN(moment.getTime()) && moment.toISOString() === at ? { at, id } : null;
}
