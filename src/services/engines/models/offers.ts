import { pinnedOffers, MOZILLA, readRecords, type Offered } from './catalogue.ts';
import { refuseInsecure } from './download.ts';

export interface OfferOptions {
  /** The address of a mirror: its list is `records` below it, and its files stand where the list says. */
  mirror?: string | undefined;
  /** Mozilla's list of today instead of the one that this release has pinned. */
  isLatest?: boolean;
  /** Smaller models where there are two. */
  isSmall?: boolean;
}

const PATIENCE_MS = 30_000;

/**
 * What can be installed, and from which host.
 * @throws Error with a sentence when a list cannot be had
 */
export async function readOffers({
  mirror,
  isLatest,
  isSmall = false,
}: OfferOptions): Promise<{ offers: Offered[]; host: string }> {
  if (mirror === undefined && !isLatest) return { offers: pinnedOffers(), host: new URL(MOZILLA.attachments).host };
  const base = mirror === undefined ? MOZILLA.attachments : mirror.replace(/\/*$/, '/');
  const list = mirror === undefined ? MOZILLA.records : `${base}records`;
  refuseInsecure(list);
  try {
    const response = await fetch(list, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'error' });
    if (!response.ok) throw new Error(`the server answers ${response.status}.`);
    return { offers: readRecords(await response.json(), base, { isSmall }), host: new URL(base).host };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(`The list ${list} cannot be had: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause: error,
    });
  }
}
