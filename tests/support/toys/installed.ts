import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ToyFiles } from './toy.ts';
import { toyOf } from './toys.ts';

export const sha256Of = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'polyphony-models-'));

/** A folder of toys as `engine install` leaves it; `damage` changes the files of each, and their sums. */
export async function installToys(
  directions: readonly string[],
  { isEnabled = true, damage = {} }: { isEnabled?: boolean; damage?: Partial<ToyFiles> } = {},
): Promise<string> {
  const folder = await temporaryFolder();
  for (const direction of directions)
    await installToy(folder, direction, { ...toyOf(direction), ...damage }, isEnabled);
  return folder;
}

async function installToy(folder: string, direction: string, toy: ToyFiles, enabled: boolean): Promise<void> {
  const [source, target] = direction.split('-');
  await mkdir(join(folder, direction), { recursive: true });
  const stored = async (name: string, content: Uint8Array) => {
    await writeFile(join(folder, direction, name), content);
    return { name, bytes: content.length, sha256: sha256Of(content) };
  };
  const manifest = {
    ...{
      format: 1,
      direction,
      source,
      target,
      architecture: 'tiny',
      version: '3.0',
      license: 'MPL-2.0',
      origin: 'a test',
    },
    ...{ installedAt: new Date().toISOString(), enabled, checked: null },
    files: {
      model: await stored('model.bin', toy.model),
      lex: await stored('lex.bin', toy.lex),
      vocabs: [await stored('vocab.spm', toy.vocab)],
    },
  };
  await writeFile(join(folder, direction, 'manifest.json'), JSON.stringify(manifest));
}
