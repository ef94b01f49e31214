import { spawnSync } from 'node:child_process';

import { listInstalled } from '../../translation/engines/bergamot/store.ts';

/** Beside the demo's own folder, so that a fresh start does not fetch them again. */
export const NEURAL_FOLDER = process.env['BERGAMOT_MODELS'] ?? '.data/models/bergamot';
export const NEURAL_ADVICE =
  'For translation between 22 languages on this machine (885 MB): npm run demo -- --neural, or for a platform of yours: npm run polyphony -- engine install bergamot';

/** Whether models are here that have passed their check. */
export async function hasNeural(): Promise<boolean> {
  return (await listInstalled(NEURAL_FOLDER)).some(({ enabled }) => enabled);
}

/** Fetches the models for the demo's languages, and goes on without where that cannot be. */
export function installNeural(say: (words: string) => void): void {
  const words = ['src/commands/polyphony.ts', 'engine', 'install', 'bergamot', '--yes'];
  const env = { ...process.env, BERGAMOT_MODELS: NEURAL_FOLDER };
  const { status } = spawnSync(process.execPath, words, { stdio: 'inherit', env });
  if (status !== 0) say('Not all neural models could be installed: the demo goes on without them.');
}
