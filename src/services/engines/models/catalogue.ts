import { z } from 'zod';

import pinned from '#translation/engines/bergamot/catalogue.json' with { type: 'json' };

const KINDS = ['model', 'lex', 'vocab', 'srcvocab', 'trgvocab'] as const;
export type FileKind = (typeof KINDS)[number];

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);
const MOST_BYTES = 256 * 1024 * 1024;
const bytes = z.int().min(1).max(MOST_BYTES);

/** A file on offer. Sums are SHA-256; `bytes` of what comes over the wire. */
export interface OfferedFile {
  kind: FileKind;
  url: string;
  bytes: number;
  sha256: string;
  unpackedBytes: number;
  unpackedSha256: string;
}

/** One direction on offer: 'de-en'. */
export interface Offered {
  direction: string;
  source: string;
  target: string;
  architecture: string;
  version: string;
  files: readonly OfferedFile[];
}

const pinnedSchema = z.object({
  records: z.url(),
  attachments: z.url(),
  directions: z.array(
    z.object({
      ...{ direction: z.string(), architecture: z.string(), version: z.string() },
      files: z.array(
        z.object({
          kind: z.enum(KINDS),
          location: z.string(),
          bytes,
          sha256: SHA256,
          unpackedBytes: bytes,
          unpackedSha256: SHA256,
        }),
      ),
    }),
  ),
});

/** Of Mozilla's registry, as a commit has pinned it: who gets which bytes is not decided by a server. */
const PINNED = pinnedSchema.parse(pinned);

/** What can be installed from Mozilla's registry: pinned by this release. */
export function pinnedOffers(): Offered[] {
  return PINNED.directions.map(({ direction, architecture, version, files }) => {
    const [source = '', target = ''] = direction.split('-');
    const offered = files.map(({ location, ...file }) => ({ ...file, url: `${PINNED.attachments}${location}` }));
    return { direction, source, target, architecture, version, files: offered };
  });
}

/** Where Mozilla lists what it has today. */
export const MOZILLA = { records: PINNED.records, attachments: PINNED.attachments } as const;

const recordsSchema = z.object({
  data: z.array(
    z
      .object({
        fileType: z.string(),
        version: z.string(),
        architecture: z.string().default('tiny'),
        sourceLanguage: z.string().regex(/^[a-z]{2,3}$/),
        targetLanguage: z.string().regex(/^[a-z]{2,3}$/),
        filter_expression: z.string().default(''),
        decompressedHash: SHA256,
        decompressedSize: bytes,
        attachment: z.object({ hash: SHA256, size: bytes, location: z.string() }),
      })
      .or(z.unknown().transform(() => null)),
  ),
});

/**
 * Reads a list as Firefox Remote Settings has it: released models that are whole, and of each direction the newest, of those the best.
 * @throws Error when it is no such list
 */
export function readRecords(json: unknown, attachments: string, { isSmall = false } = {}): Offered[] {
  const read = recordsSchema.safeParse(json);
  if (!read.success) throw new Error('What the registry answers is no list of models.');
  const released = read.data.data
    .filter((record) => record !== null)
    // Anything else is for a nightly build or for Android.
    .filter((record) => record.filter_expression === '');
  const groups = Map.groupBy(released, (each) =>
    [each.sourceLanguage, each.targetLanguage, each.version, each.architecture].join(' '),
  );
  const all = [...groups.values()].flatMap((group): Offered[] => {
    const files = group.flatMap(({ fileType, attachment, decompressedHash, decompressedSize }): OfferedFile[] => {
      const kind = KINDS.find((each) => each === fileType);
      const url = new URL(attachment.location, attachments).href;
      const { size, hash: sha256 } = attachment;
      return kind
        ? [{ kind, url, bytes: size, sha256, unpackedBytes: decompressedSize, unpackedSha256: decompressedHash }]
        : [];
    });
    const [first] = group;
    if (!first || !isWhole(files.map(({ kind }) => kind))) return [];
    const { sourceLanguage: source, targetLanguage: target, version, architecture } = first;
    return [{ direction: `${source}-${target}`, source, target, version, architecture, files }];
  });
  return bestOf(all, isSmall);
}

/** Whether these kinds of files make a direction. */
export function isWhole(kinds: readonly FileKind[]): boolean {
  const has = (kind: FileKind): boolean => kinds.filter((each) => each === kind).length === 1;
  return has('model') && has('lex') && (has('vocab') || (has('srcvocab') && has('trgvocab')));
}

const RANK: Readonly<Record<string, number>> = { 'base-memory': 3, base: 2, tiny: 1 };

function bestOf(all: readonly Offered[], isSmall: boolean): Offered[] {
  const byRank = (a: Offered, b: Offered): number =>
    ((RANK[b.architecture] ?? 0) - (RANK[a.architecture] ?? 0)) * (isSmall ? -1 : 1);
  const byVersion = (a: Offered, b: Offered): number => Number.parseFloat(b.version) - Number.parseFloat(a.version);
  return [...Map.groupBy(all, ({ direction }) => direction).values()].flatMap(
    (each) => each.toSorted((a, b) => byVersion(a, b) || byRank(a, b))[0] ?? [],
  );
}

/** The directions between English and each of these languages, and those that are not on offer. */
export function choose(
  offered: readonly Offered[],
  languages: readonly string[],
): { chosen: Offered[]; missing: string[] } {
  const wanted = languages.flatMap((language) => (language === 'en' ? [] : [`${language}-en`, `en-${language}`]));
  const find = (name: string): Offered | undefined => offered.find(({ direction }) => direction === name);
  return { chosen: wanted.flatMap((name) => find(name) ?? []), missing: wanted.filter((name) => !find(name)) };
}
