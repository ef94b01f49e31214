import '../platform/compiled.ts';
import type { Command } from '../services/house/command.ts';
import { COMMANDS } from './commands.ts';
import { operator } from './operator.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  for (const [name, { load }] of Object.entries(COMMANDS)) {
    const typed = name.split(' ');
    if (typed.every((word, at) => words[at] === word)) return run(load, words.slice(typed.length));
  }
  return tellCommands(words[0] || 'help');
}

async function run(load: Command['load'], words: readonly string[]): Promise<number> {
  try {
    const command = await load();
    return await command(words, operator);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

/** All commands, or those that begin with this word. Gives the exit code: to ask for help is no mistake. */
function tellCommands(first: string): number {
  const verbs = Object.keys(COMMANDS)
    .map((name) => name.split(' '))
    .flatMap(([word, verb]) => (word === first && verb ? [verb] : []));
  if (verbs.length > 0) {
    console.error(`After "${first}" comes one of: ${verbs.join(', ')}.`);
    return 1;
  }
  const lines = Object.values(COMMANDS).map(({ help }) => `  ${help}`);
  console.error(`Commands, after "npm run polyphony --":\n${lines.join('\n')}`);
  return first === 'help' ? 0 : 2;
}
