import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import { checkFiles } from './format.ts';

const storedFile = z.object({ name: z.string().regex(/^[a-z]+\.(?:bin|spm)$/), bytes: z.int(), sha256: z.string() });

const manifest = z.object({
  format: z.literal(1),
  direction: z.string(),
  source: z.string(),
  target: z.string(),
  architecture: z.string(),
  version: z.string(),
  license: z.string(),
  /** Where it came from: an address, or a folder. */
  origin: z.string(),
  installedAt: z.string(),
  /** True after a check that it passed: the engine opens nothing else. */
  enabled: z.boolean(),
  /** What the last check found; null before the first. */
  checked: z
    .object({ at: z.string(), faults: z.array(z.string()), chrf: z.number(), placeholders: z.string() })
    .nullable(),
  files: z.object({ model: storedFile, lex: storedFile, vocabs: z.array(storedFile).min(1).max(2) }),
});

/** One direction as it is installed: what `manifest.json` beside its files says. */
export type Installed = z.infer<typeof manifest>;
export type StoredFile = z.infer<typeof storedFile>;

/** 'de-en': a folder of that name. */
export const DIRECTION = /^[a-z]{2,3}-[a-z]{2,3}$/;

/**
 * What is installed in a folder, in the order of the names; nothing when the folder is not there.
 * @throws Error with a sentence on a manifest that this release cannot read
 */
export async function listInstalled(folder: string): Promise<Installed[]> {
  const names = await readdir(folder).catch(() => []);
  return Promise.all(
    names
      .filter((name) => DIRECTION.test(name))
      .toSorted()
      .map((name) => readManifest(folder, name)),
  );
}

async function readManifest(folder: string, direction: string): Promise<Installed> {
  const path = join(folder, direction, 'manifest.json');
  try {
    const read = manifest.parse(JSON.parse(await readFile(path, 'utf8')));
    if (read.direction === direction) return read;
  } catch (error) {
    throw new Error(`${path} is none that this release can read: remove the folder and install it again.`, {
      cause: error,
    });
  }
  throw new Error(`${path} speaks of another direction: remove the folder and install it again.`);
}

/** The paths of the files of a direction. */
export function pathsOf(
  folder: string,
  { direction, files }: Installed,
): { model: string; lex: string; vocabs: string[] } {
  const path = ({ name }: StoredFile): string => join(folder, direction, name);
  return { model: path(files.model), lex: path(files.lex), vocabs: files.vocabs.map(path) };
}

/**
 * Looks at the files of a direction again: sums, and whether they belong together.
 * @throws Error with a sentence on what is wrong
 */
export async function verify(folder: string, installed: Installed): Promise<void> {
  const { files } = installed;
  const [model, lex, ...vocabs] = await Promise.all(
    [files.model, files.lex, ...files.vocabs].map((file) => readStored(join(folder, installed.direction), file)),
  );
  if (model && lex) checkFiles({ model, lex, vocabs });
}

async function readStored(folder: string, { name, bytes, sha256 }: StoredFile): Promise<Uint8Array> {
  const content = await readFile(join(folder, name)).catch(() => null);
  if (!content) throw new Error(`${name} is missing.`);
  if (content.length !== bytes) throw new Error(`${name} has ${content.length} bytes and should have ${bytes}.`);
  if (createHash('sha256').update(content).digest('hex') !== sha256)
    throw new Error(`${name} has changed since it was installed.`);
  return content;
}
