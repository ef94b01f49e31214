import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { checkFiles } from '#translation/engines/bergamot/format.ts';
import { DIRECTION, type Installed, type StoredFile } from '#translation/engines/bergamot/store.ts';
import { lockFolder } from '../../../platform/db/lock.ts';
import type { FileKind, Offered } from './catalogue.ts';

/** What stands in every manifest. */
const LICENSE = 'MPL-2.0';

const FILE_NAMES: Readonly<Record<FileKind, string>> = {
  ...{ model: 'model.bin', lex: 'lex.bin' },
  ...{ vocab: 'vocab.spm', srcvocab: 'srcvocab.spm', trgvocab: 'trgvocab.spm' },
};

/** The path of an unpacked file of a direction that is on its way. */
export const incomingFile = (incoming: string, kind: FileKind): string => join(incoming, FILE_NAMES[kind]);

const INCOMING = '.incoming';

/** Where the files of a direction gather until they are whole; kept to go on later. */
export async function incomingFolder(folder: string, name: string): Promise<string> {
  const path = join(folder, INCOMING, name);
  await mkdir(path, { recursive: true });
  return path;
}

export interface Arrived extends Pick<Offered, 'direction' | 'source' | 'target' | 'architecture' | 'version'> {
  files: ReadonlyMap<FileKind, StoredFile>;
  origin: string;
}

/**
 * Puts what has arrived in the place of what was there, at once; not enabled before a check has passed.
 * @throws Error with a sentence when the files are damaged or do not belong together; then what was there stays
 */
export async function settle(folder: string, incoming: string, { files, ...arrived }: Arrived): Promise<void> {
  const [model, lex] = [files.get('model'), files.get('lex')];
  const vocabs = (['vocab', 'srcvocab', 'trgvocab'] as const).flatMap((kind) => files.get(kind) ?? []);
  if (!model || !lex) throw new Error('The model or its shortlist is missing.');
  const read = ({ name }: StoredFile): Promise<Uint8Array> => readFile(join(incoming, name));
  try {
    checkFiles({ model: await read(model), lex: await read(lex), vocabs: await Promise.all(vocabs.map(read)) });
  } catch (error) {
    await rm(incoming, { recursive: true, force: true });
    throw error;
  }
  const manifest: Installed = {
    ...{ format: 1, ...arrived, license: LICENSE, installedAt: new Date().toISOString() },
    ...{ enabled: false, checked: null, files: { model, lex, vocabs } },
  };
  await writeFile(join(incoming, 'manifest.json'), words(manifest));
  const old = await setAside(folder, arrived.direction);
  await rename(incoming, join(folder, arrived.direction));
  await rm(old, { recursive: true, force: true });
}

/** Moves a direction out of its place at once, so that no half of it stays there whatever happens. */
async function setAside(folder: string, direction: string): Promise<string> {
  const old = join(await incomingFolder(folder, '.'), `${direction}.old`);
  await rm(old, { recursive: true, force: true });
  await rename(join(folder, direction), old).catch(ignoreMissing);
  return old;
}

/** Writes down what a check has found, which enables the direction or not. */
export async function writeVerdict(
  folder: string,
  installed: Installed,
  checked: NonNullable<Installed['checked']>,
): Promise<void> {
  const path = join(folder, installed.direction, 'manifest.json');
  await writeFile(`${path}.new`, words({ ...installed, checked, enabled: checked.faults.length === 0 }));
  await rename(`${path}.new`, path);
}

/** @throws Error for what is no direction */
export async function removeDirection(folder: string, direction: string): Promise<void> {
  if (!DIRECTION.test(direction)) throw new Error(`"${direction}" is no direction such as de-en.`);
  await rm(await setAside(folder, direction), { recursive: true, force: true });
}

/** Takes away what has come of directions that never became whole. */
export const removeIncoming = (folder: string): Promise<void> =>
  rm(join(folder, INCOMING), { recursive: true, force: true });

/**
 * Does some work while nobody else installs or removes here; a lock ends with its process.
 * @throws Error when somebody else is at it
 */
export async function whileLocked<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const lock = await lockFolder(folder);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

const words = (manifest: Installed): string => `${JSON.stringify(manifest, null, 2)}\n`;

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
