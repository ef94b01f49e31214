import { commandsOf, features } from '../features.ts';
import type { Command } from '../services/house/command.ts';
import { detectCommand } from './detect.ts';
import { doctorCommand } from './doctor.ts';
import { languagesCommand } from './languages.ts';
import { migrateCommand } from './migrate.ts';
import { operator } from './operator.ts';
import { setupCommand } from './setup.ts';
import { translateCommand } from './translate.ts';

/** What needs the whole house, or none of it; the rest comes with the features. */
const COMMANDS: Readonly<Record<string, Command>> = {
  setup: setupCommand,
  migrate: migrateCommand,
  ...commandsOf(features),
  detect: detectCommand,
  translate: translateCommand,
  languages: languagesCommand,
  doctor: doctorCommand,
};

process.exitCode = await main(process.argv.slice(2));

async function main([name = '', ...words]: readonly string[]): Promise<number> {
  const command = COMMANDS[name];
  if (!command) {
    console.error(
      `Commands, after "npm run polyphony --":\n${Object.values(COMMANDS)
        .map(({ help }) => `  ${help}`)
        .join('\n')}`,
    );
    return name === '' || name === 'help' ? 0 : 2;
  }
  try {
    return await command.run(words, operator);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}
