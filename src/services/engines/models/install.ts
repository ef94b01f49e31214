import { copyFile, readdir, rm, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { listInstalled, type StoredFile } from '#translation/engines/bergamot/store.ts';
import { isWhole, type FileKind, type Offered } from './catalogue.ts';
import { download, type DownloadOptions } from './download.ts';
import { incomingFile, incomingFolder, settle, whileLocked } from './folder.ts';
import { unpack } from './unpack.ts';

export interface Outcome {
  direction: string;
  outcome: 'installed' | 'kept' | 'failed';
  /** Why it failed. */
  reason: string | null;
}

export interface InstallOptions extends Omit<DownloadOptions, 'onProgress'> {
  /** Bytes that have come of a file of a direction. */
  onProgress?: (direction: string, file: string, received: number) => void;
  onOutcome?: (outcome: Outcome) => void;
}

/** What is needed on the disk beyond the files themselves. */
const SPARE = 1.1;

/** Bytes over the wire and on the disk. */
export function sizesOf(offered: readonly Offered[]): { packed: number; unpacked: number; files: number } {
  const files = offered.flatMap((each) => each.files);
  const sum = (pick: (file: (typeof files)[number]) => number): number =>
    files.reduce((all, file) => all + pick(file), 0);
  return {
    packed: sum(({ bytes }) => bytes),
    unpacked: sum(({ unpackedBytes }) => unpackedBytes),
    files: files.length,
  };
}

/**
 * Installs directions one after the other; what is there in the same version stays, and one that fails leaves the others alone.
 * @throws Error when the disk is too small, or somebody else installs here
 */
export async function install(
  folder: string,
  wanted: readonly Offered[],
  options: InstallOptions = {},
): Promise<Outcome[]> {
  return whileLocked(folder, async () => {
    const missing = await missingOf(folder, wanted);
    await refuseFull(folder, missing);
    const outcomes: Outcome[] = [];
    for (const each of wanted) {
      const outcome = missing.includes(each)
        ? await told(each.direction, () => installOne(folder, each, options))
        : ({ direction: each.direction, outcome: 'kept', reason: null } as const);
      options.onOutcome?.(outcome);
      outcomes.push(outcome);
    }
    return outcomes;
  });
}

/** What is not here in this version. */
export async function missingOf(folder: string, wanted: readonly Offered[]): Promise<Offered[]> {
  const there = new Map((await listInstalled(folder)).map((each) => [each.direction, each]));
  return wanted.filter(({ direction, version, architecture }) => {
    const installed = there.get(direction);
    return installed?.version !== version || installed.architecture !== architecture;
  });
}

async function refuseFull(folder: string, wanted: readonly Offered[]): Promise<void> {
  const { packed, unpacked } = sizesOf(wanted);
  const { bavail, bsize } = await statfs(folder);
  const [free, needed] = [bavail * bsize, (packed + unpacked) * SPARE];
  const mb = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`;
  if (free < needed) throw new Error(`${mb(needed)} are needed in ${folder}, and ${mb(free)} are free.`);
}

async function told(direction: string, work: () => Promise<void>): Promise<Outcome> {
  try {
    await work();
    return { direction, outcome: 'installed', reason: null };
  } catch (error) {
    return { direction, outcome: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

async function installOne(folder: string, offered: Offered, { onProgress, ...options }: InstallOptions): Promise<void> {
  const { direction, version, architecture } = offered;
  const incoming = await incomingFolder(folder, `${direction}-${architecture}-${version.replace(/[^\w.]/g, '')}`);
  const files = new Map<FileKind, StoredFile>();
  for (const file of offered.files) {
    const packed = join(incoming, `${file.kind}-${file.sha256}.part`);
    await download(packed, file, {
      ...options,
      onProgress: (received) => onProgress?.(direction, file.kind, received),
    });
    files.set(file.kind, await unpack(packed, incomingFile(incoming, file.kind), file));
  }
  for (const file of offered.files) await rm(join(incoming, `${file.kind}-${file.sha256}.part`), { force: true });
  await settle(folder, incoming, { ...offered, files, origin: offered.files[0]?.url ?? '' });
}

/** Mozilla's names: model.deen.intgemm.alphas.bin, lex.50.50.deen.s2t.bin, vocab.deen.spm, packed or not. */
const NAMES =
  /^(model|lex|vocab|srcvocab|trgvocab)\.(?:50\.50\.)?([a-z]{2})([a-z]{2})\.(?:intgemm\.alphas\.bin|intgemm8\.bin|s2t\.bin|spm)(?:\.(?:gz|zst))?$/;

interface FoundFile {
  path: string;
  kind: FileKind;
  direction: string;
}

/** Installs what somebody has copied into a folder, under Mozilla's names. Sums are compared with the catalogue where it knows them. */
export async function importFolder(
  folder: string,
  from: string,
  offers: readonly Offered[],
  onOutcome?: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const found = (await readdir(from, { recursive: true })).flatMap((path): FoundFile[] => {
    const [, kind, source, target] = NAMES.exec(basename(path)) ?? [];
    const known = (['model', 'lex', 'vocab', 'srcvocab', 'trgvocab'] as const).find((each) => each === kind);
    return known ? [{ path: join(from, path), kind: known, direction: `${source}-${target}` }] : [];
  });
  return whileLocked(folder, async () => {
    const outcomes: Outcome[] = [];
    for (const [direction, files] of Map.groupBy(found, (each) => each.direction)) {
      const offered = offers.find((each) => each.direction === direction);
      const outcome = await told(direction, () => importOne(folder, direction, files, offered));
      onOutcome?.(outcome);
      outcomes.push(outcome);
    }
    return outcomes;
  });
}

async function importOne(
  folder: string,
  direction: string,
  found: readonly FoundFile[],
  offered: Offered | undefined,
): Promise<void> {
  if (!isWhole(found.map(({ kind }) => kind)))
    throw new Error('A model, its shortlist (lex) and one vocabulary, or one of each language, belong together.');
  const incoming = await incomingFolder(folder, `${direction}-imported`);
  const files = new Map<FileKind, StoredFile>();
  for (const { path, kind } of found) {
    const part = join(incoming, `${kind}.part`);
    await copyFile(path, part);
    const expected = offered?.files.find((file) => file.kind === kind) ?? null;
    files.set(kind, await unpack(part, incomingFile(incoming, kind), expected));
    await rm(part, { force: true });
  }
  const [source = '', target = ''] = direction.split('-');
  const { architecture = 'unknown', version = 'imported' } = offered ?? {};
  await settle(folder, incoming, {
    direction,
    source,
    target,
    architecture,
    version,
    files,
    origin: `folder ${from(found)}`,
  });
}

const from = ([first]: readonly FoundFile[]): string => (first ? join(first.path, '..') : '');
