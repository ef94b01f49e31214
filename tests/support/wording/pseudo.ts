import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ACCENTS: Record<string, string> = Object.fromEntries(
  Array.from('aáeéiíoóuúyýnñcçsšzžAÁEÉIÍOÓUÚYÝNÑCÇSŠZŽ'.matchAll(/(.)(.)/gu), ([, letter = '', accented = '']) => [
    letter,
    accented,
  ]),
);
/** By how much German is longer than English on a bad day. */
const LONGER = 0.4;

/** `⟦Šháréš ··⟧`: English that cannot be overlooked, longer than English, and without a word of it. Variables stay. */
function pseudoOf(text: string): string {
  const accented = text.replaceAll(/\{\{.*?\}\}|[a-z]/gi, (part) => ACCENTS[part] ?? part);
  return `⟦${accented} ${'·'.repeat(Math.ceil(text.length * LONGER))}⟧`;
}

/** Writes made-up words into a folder of `locales/`: those of English, from its folder. */
export function writePseudo(english: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(english).filter((name) => name.endsWith('.json'))) {
    const words = JSON.parse(readFileSync(join(english, file), 'utf8'), (_key, value: unknown) =>
      typeof value === 'string' ? pseudoOf(value) : value,
    );
    writeFileSync(join(folder, file), JSON.stringify(words, null, 2));
  }
}
