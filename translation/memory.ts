import { createHash } from 'node:crypto';

/** What was translated once and need not be paid for again. Users of the library keep it where they like. */
export interface Memory {
  /** The translations there are, by their key. */
  find(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Keeps good answers of an engine. A key that is known already may stay as it is. */
  keep(entries: readonly MemoryEntry[]): Promise<void>;
}

export interface MemoryEntry {
  key: string;
  source: string;
  target: string;
  engine: string;
  /** With placeholders, as the engine said it. */
  text: string;
}

interface Remembered {
  source: string;
  target: string;
  tier: string;
  /** `glossaryVersion` of the terms that apply. */
  glossary: string;
  /** With placeholders, so that the same words with another link are the same. */
  text: string;
}

/** SHA-256 in hexadecimal digits of everything that a translation depends on. */
export function memoryKey({ source, target, tier, glossary, text }: Remembered): string {
  const normal = text
    .normalize('NFC')
    .replace(/[^\S\n]+/gu, ' ')
    .trim();
  return createHash('sha256').update([source, target, tier, glossary, normal].join('\n')).digest('hex');
}
