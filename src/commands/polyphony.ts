import { detect } from './detect.ts';
import { doctor } from './doctor.ts';
import { engine } from './engine.ts';
import { migrateCommand } from './migrate.ts';
import { person } from './person.ts';
import { setup } from './setup.ts';
import { translate } from './translate.ts';
import { translation } from './translation.ts';

/** One command for operators. Returns the exit code. */
export type Command = (words: readonly string[]) => Promise<number>;

const COMMANDS: Record<string, { run: Command; help: string }> = {
  setup: {
    run: setup,
    help: 'setup --email ada@example.org [--name Ada] [--language en]   tables, themes, first administrator; safe to repeat',
  },
  migrate: {
    run: migrateCommand,
    help: 'migrate                                  brings the tables to the shape of this version',
  },
  person: {
    run: person,
    help: 'person create --name --email [--role organizer,moderator,…] [--language en] [--token] [--unlimited]',
  },
  detect: {
    run: detect,
    help: 'detect [--interface-language en]          JSON lines {"text"} in, {"language", "confidence", "sure", …} out',
  },
  translate: {
    run: translate,
    help: 'translate --from es --to pt               JSON lines {"text"} in, {"text", "state", "engine"} out',
  },
  engine: {
    run: engine,
    help: 'engine check deepl [--from es] [--to pt]  proves a translation engine with five sentences, says what is wrong',
  },
  translation: {
    run: translation,
    help: 'translation export | import [--file …]   translations and memory as JSON lines, to another platform or back',
  },
  doctor: {
    run: doctor,
    help: 'doctor                                   what is well, what is not, and what to do about it',
  },
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
    return await command.run(words);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}
