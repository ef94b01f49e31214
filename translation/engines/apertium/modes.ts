import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** One process of a mode: started without a shell. */
export interface Stage {
  command: string;
  args: string[];
}

// These flush at NUL by themselves, or mean something else by -z.
const WITHOUT_Z = new Set(['vislcg3', 'cg-mwesplit', 'hfst-tokenise', 'hfst-tokenize']);
// $1 is how to generate: -n leaves no marks at unknown words. $2 is for the tagger: nothing.
const PARAMETERS = new Map([
  ['$1', ['-n']],
  ['$2', []],
]);

/** The stages of an installed mode, ready to be spawned, or null when something of it is missing. */
export async function readMode(folder: string, mode: string): Promise<Stage[] | null> {
  try {
    const stages = parseMode(await readFile(join(folder, `${mode}.mode`), 'utf8'));
    return stages !== null && (await allInstalled(stages)) ? stages : null;
  } catch {
    return null;
  }
}

/** Reads a mode file, which is a line of shell; null when it holds more shell than we understand. */
function parseMode(line: string): Stage[] | null {
  const stages = line
    .trim()
    .split('|')
    .map((part) => parseStage(part));
  return stages.every((stage) => stage !== null) ? stages : null;
}

function parseStage(part: string): Stage | null {
  const words = [...part.matchAll(/'([^']*)'|(\S+)/g)].map(([word, quoted]) => quoted ?? word);
  const [command, ...rest] = words;
  const args = rest.flatMap((word) => PARAMETERS.get(word) ?? [word]);
  if (command === undefined || [command, ...args].some((word) => /[$`;&<>"'\\\n]/.test(word))) return null;
  return { command, args: WITHOUT_Z.has(command) ? args : ['-z', ...args] };
}

async function allInstalled(stages: readonly Stage[]): Promise<boolean> {
  const files = stages.flatMap((stage) => stage.args).filter((arg) => isAbsolute(arg));
  const commands = [...new Set(stages.map((stage) => stage.command))];
  const found = await Promise.all([
    ...files.map((file) => reachable(file, constants.R_OK)),
    ...commands.map((command) => onPath(command)),
  ]);
  return found.every(Boolean);
}

async function onPath(command: string): Promise<boolean> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = await Promise.all(folders.map((folder) => reachable(join(folder, command), constants.X_OK)));
  return found.some(Boolean);
}

async function reachable(file: string, mode: number): Promise<boolean> {
  try {
    await access(file, mode);
    return true;
  } catch {
    return false;
  }
}
