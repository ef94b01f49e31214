import { parseArgs } from 'node:util';

import { type Installed, listInstalled } from '#translation/engines/bergamot/store.ts';
import { readSettings } from '../../platform/settings.ts';
import { pinnedOffers } from './models/catalogue.ts';
import { removeDirection, removeIncoming, whileLocked } from './models/folder.ts';
import { modelsFolder } from './models/proof.ts';

/** What is installed, whether it is enabled, and else why not. */
export async function listModels(): Promise<number> {
  const folder = modelsFolder(readSettings(process.env).engineEnvironment);
  const installed = await listInstalled(folder);
  for (const each of installed) console.log(lineOf(each));
  const enabled = installed.filter((each) => each.enabled).length;
  console.log(
    installed.length === 0
      ? 'Nothing is installed. To install it: npm run polyphony -- engine install bergamot'
      : `${enabled} of ${installed.length} directions are enabled, in ${folder}.`,
  );
  return 0;
}

function lineOf({ direction, architecture, version, files, enabled, checked }: Installed): string {
  const bytes = [files.model, files.lex, ...files.vocabs].reduce((sum, each) => sum + each.bytes, 0);
  const offered = pinnedOffers().find((each) => each.direction === direction);
  const isOld = offered !== undefined && Number.parseFloat(version) < Number.parseFloat(offered.version);
  const words = [
    ...[direction, architecture, version, `${Math.ceil(bytes / 1_000_000)} MB`],
    enabled ? 'enabled' : `not enabled: ${checked?.faults.join(' ') ?? 'not checked yet'}`,
    ...(isOld ? [`${offered.version} is offered`] : []),
  ];
  return words.join('  ');
}

/** Takes models away; a running server keeps what it has open. */
export async function removeModels(words: readonly string[]): Promise<number> {
  const options = { all: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
  const [name, ...directions] = positionals;
  if (name !== 'bergamot' || (directions.length === 0) !== values.all)
    throw new Error('Say what to remove, as in: engine remove bergamot de-en en-de, or: engine remove bergamot --all');
  const folder = modelsFolder(readSettings(process.env).engineEnvironment);
  return whileLocked(folder, async () => {
    const installed = (await listInstalled(folder)).map(({ direction }) => direction);
    const asked = values.all ? installed : directions;
    for (const direction of asked) {
      await removeDirection(folder, direction);
      console.log(installed.includes(direction) ? `✓ ${direction} is removed.` : `! ${direction} was not there.`);
    }
    if (values.all) await removeIncoming(folder);
    return 0;
  });
}
