import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

import { PACKAGES } from '../../translation/engines/apertium/packages.ts';

const INSTALL = ['apt-get', 'install', '-y', '--no-install-recommends'];

/** Installs Apertium where that is possible without asking anybody. Returns what to tell the person otherwise, or null. */
export async function ensureApertium(say: (words: string) => void): Promise<string | null> {
  if (existsSync('/usr/share/apertium/modes/es-pt.mode')) return null;
  const prefix = privileged();
  if (!isDebian() || !prefix) return adviceFor(PACKAGES);
  say('Installing Apertium, the translation engine (32 MB) …');
  run([...prefix, 'apt-get', 'update', '-qq']);
  // A release of Debian may lack one that others still name: those pairs are missing, and the others are there.
  const missing = PACKAGES.filter((name) => !run([...INSTALL, '--simulate', name]));
  if (missing.length > 0) say(`This system has no ${missing.join(', ')}: these pairs are left out.`);
  const names = PACKAGES.filter((name) => !missing.includes(name));
  const installed = names.length > 0 && run([...prefix, ...INSTALL, ...names, '-qq']);
  say(installed ? 'Apertium is installed.' : 'Apertium could not be installed.');
  return installed ? null : adviceFor(names);
}

const adviceFor = (names: readonly string[]): string =>
  `\nApertium is not on this machine, so nothing is translated. Install it and start again:\n  sudo ${[...INSTALL, ...names].join(' ')}`;

function isDebian(): boolean {
  return (
    existsSync('/etc/os-release') &&
    /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8')) &&
    existsSync('/usr/bin/apt-get')
  );
}

/** Root, or sudo that asks for no password. Null otherwise: we never wait for somebody to type. */
function privileged(): string[] | null {
  if (process.getuid?.() === 0) return ['env', 'DEBIAN_FRONTEND=noninteractive'];
  return run(['sudo', '-n', 'true']) ? ['sudo', '-n', 'env', 'DEBIAN_FRONTEND=noninteractive'] : null;
}

function run([command = '', ...words]: string[]): boolean {
  return spawnSync(command, words, { stdio: 'ignore', timeout: 300_000 }).status === 0;
}
