import type { Key } from '#locales/keys.ts';
import { regionOf } from '../../platform/formats.ts';
import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';

/** Counts among which every plural form for whole numbers has an example: small ones, and the round million of Romance languages. */
const EXAMPLES = [...Array(200).keys(), 1_000_000];

/** A sentence about `{{number}}` things in each plural form of the language, as `data-<name>-<form>`, for scripts that count. */
export function pluralForms(name: string, key: Key, t: T): Html {
  return html`${[...examplesIn(t.language)].map(([form, count]) => html` data-${name}-${form}="${t(key, { count })}"`)}`;
}

const known = new Map<string, ReadonlyMap<string, number>>();

/** The least count of each form. */
function examplesIn(language: string): ReadonlyMap<string, number> {
  const examples = known.get(language) ?? findExamples(new Intl.PluralRules(regionOf(language)));
  known.set(language, examples);
  return examples;
}

function findExamples(rules: Intl.PluralRules): Map<string, number> {
  return new Map(EXAMPLES.toReversed().map((count) => [rules.select(count), count]));
}
