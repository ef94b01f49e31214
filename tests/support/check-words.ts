import { strict as assert } from 'node:assert';
import { parseArgs } from 'node:util';

import { unusedKeys, wrongKeys, wrongNotes } from './wording/keys.ts';
import { PSEUDO, readLocales, type Fault, type Locales } from './wording/locales.ts';
import { writePseudo } from './wording/pseudo.ts';
import { wrongTerms } from './wording/terms.ts';
import { wrongVariables } from './wording/values.ts';
import { workList } from './wording/work-list.ts';
import { copiesOfEnglish, tooLong, wrongSigns } from './wording/writing.ts';

/** Everything that is wrong with the words in `locales/` under `root`: docs/languages.md tells what is looked at. */
export function checkWords(root: string): { faults: Fault[]; locales: Locales } {
  const locales = readLocales(root);
  const faults = [
    ...wrongKeys(locales),
    ...unusedKeys(root, locales),
    ...wrongNotes(locales),
    ...wrongVariables(locales),
    ...wrongSigns(locales),
    ...tooLong(locales),
    ...copiesOfEnglish(locales),
    ...wrongTerms(locales),
  ];
  return { faults, locales };
}

/** `npm run words`: everything; `npm run words -- de sv`: these languages; `npm run words -- --pseudo`: made-up words to look at. */
if (import.meta.main) {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { pseudo: { type: 'boolean' } } });
  if (values.pseudo) writePseudo('locales/en', `locales/${PSEUDO}`);
  const { faults, locales } = checkWords(process.cwd());
  const strange = positionals.find((name) => name !== 'notes' && !locales.languages.includes(name));
  assert(strange === undefined, `There is no folder locales/${strange}.`);
  const asked = faults.filter(({ language }) => positionals.length === 0 || positionals.includes(language));
  if (asked.length > 0) {
    console.error(workList(asked, locales));
    process.exit(1);
  }
  const where = positionals.length > 0 ? positionals.join(', ') : `${locales.languages.length} languages`;
  console.log(`Nothing to mend in ${where}: ${locales.english.size} texts each.`);
}
