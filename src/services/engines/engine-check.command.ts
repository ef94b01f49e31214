import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';

import { prove, type Trial } from '#translation/check/prove.ts';
import { SENTENCE_LANGUAGES, sentencesIn } from '#translation/check/sentences.ts';
import { type Engine, EngineError } from '#translation/engines/engine.ts';
import { ENGINE_NAMES, isModulePath, openEngine, openEngines } from '#translation/engines/registry.ts';
import { type Translator, translatorOf } from '#translation/translator.ts';
import { readSettings, type Settings } from '../../platform/settings.ts';
import { adviceOn, isLasting } from './engine-advice.ts';
import { languageOfAnswers } from './models/language-of.ts';
import { type Proof, proveInstalled } from './models/proof.ts';

/** Languages that most engines have, to show some of what an engine does. */
const TARGETS = ['fr', 'de', 'pt', 'es', 'en'];
const USAGE = 'engine check needs the name of an engine, as in: engine check deepl --from es --to pt';

interface Pair {
  source: string;
  target: string;
}

/** Proves an engine with ten sentences and two titles a pair and says in words what is wrong. Exit code 1 when anything is. */
export async function checkEngine(words: readonly string[]): Promise<number> {
  const options = { from: { type: 'string' }, to: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) throw new Error(USAGE);
  const settings = readSettings(process.env);
  const proofs = name === 'bergamot' ? await proveModels(settings, values) : [];
  if (proofs.length > 0) return proofs.every(({ verdict }) => verdict.faults.length === 0) ? 0 : 1;
  const opened = await open(name, settings);
  if (typeof opened === 'string') return say(`✗ ${opened}`, false) ? 0 : 1;
  try {
    return (await check(opened, settings, values)) ? 0 : 1;
  } finally {
    await opened.close();
  }
}

/** Its installed directions, each of which is enabled or disabled by what comes out. None for a pair over English, which is tried as of any other engine. */
function proveModels(settings: Settings, { from, to }: { from?: string; to?: string }): Promise<Proof[]> {
  return proveInstalled(
    settings,
    ({ source, target }) => (from === undefined || from === source) && (to === undefined || to === target),
    ({ direction, verdict: { faults, chrf, placeholders, milliseconds } }) => {
      const facts = `chrF ${(chrf ?? 0).toFixed(0)}, ${placeholders.kept} of ${placeholders.of} addresses kept, ${milliseconds} ms a sentence`;
      say(
        faults.length === 0 ? `✓ ${direction}: ${facts}` : `✗ ${direction} is not enabled: ${faults.join(' ')}`,
        true,
      );
    },
  );
}

/** By its name, by the path of a module, or by what a module in TRANSLATION_ENGINES calls its engine; else the reason why not. */
async function open(name: string, { engines, engineEnvironment }: Settings): Promise<Engine | string> {
  if (ENGINE_NAMES.includes(name) || isModulePath(name)) {
    const opened = await openEngine(name, isModulePath(name) ? process.env : engineEnvironment);
    return opened.engine ?? opened.reason;
  }
  const modules = await openEngines(engines.filter(isModulePath), engineEnvironment);
  const found = modules.find((each) => each.name === name);
  await Promise.all(modules.filter((each) => each !== found).map((each) => each.close()));
  // Says which names there are.
  return found ?? (await openEngine(name)).engine ?? name;
}

async function check(opened: Engine, settings: Settings, asked: { from?: string; to?: string }): Promise<boolean> {
  const { name, label, local, policy } = opened;
  console.log(
    `${label} (${name}): ${local ? 'local' : 'external: texts leave your machines'}, ${policyInWords(policy)}.`,
  );
  const { ok, message } = await opened.health();
  say(`${ok ? '✓' : '✗'} ${message}`, ok);
  const translator = translatorOf([opened]);
  const pairs = pairsToTry(translator, asked);
  if (opened.pairs().length === 0) return ok;
  if (pairs.length === 0) return say(`✗ There is nothing to try: ${whyNoWay(asked)}`, false);
  let good = ok;
  for (const pair of pairs) {
    // The next pair would most often fail in the same way, and slowly.
    if (good || pair === pairs[0]) good = (await tryPair(opened, translator, pair, settings)) && good;
  }
  return say(good ? '✓ All is well.' : '✗ Not all is well.', good);
}

function policyInWords(policy: Engine['policy']): string {
  return policy === 'eager' ? 'translates all it can at once' : 'translates what somebody wishes for';
}

function whyNoWay({ from, to }: { from?: string; to?: string }): string {
  if (from === undefined && to === undefined) return `it has no pair from ${SENTENCE_LANGUAGES.join(', ')}.`;
  return `it has no pair from ${from ?? 'those languages'} to ${to ?? 'any'} among those with sentences to try: ${SENTENCE_LANGUAGES.join(', ')}.`;
}

/** The pair that was asked for, or one and, where there is one, another in the other direction. */
function pairsToTry({ way, targets }: Translator, { from, to }: { from?: string; to?: string }): Pair[] {
  const sources = SENTENCE_LANGUAGES.filter((language) => from === undefined || language === from);
  const pairs = sources.flatMap((source) => {
    const target = to ?? TARGETS.find((each) => way(source, each)) ?? targets(source)[0];
    return target !== undefined && way(source, target) ? [{ source, target }] : [];
  });
  const [first] = pairs;
  if (first === undefined || from !== undefined || to !== undefined) return pairs.slice(0, 1);
  const back = { source: first.target, target: first.source };
  if (sources.includes(back.source) && way(back.source, back.target)) return [first, back];
  return pairs.slice(0, 2);
}

async function tryPair(opened: Engine, translator: Translator, pair: Pair, settings: Settings): Promise<boolean> {
  console.log(`\n${pair.source} → ${pair.target}`);
  if (opened.callbacks) return handIn(opened, pair, settings);
  const { faults, chrf, placeholders } = await prove(translator, {
    ...pair,
    languageOf: await languageOfAnswers(settings, [pair.source, pair.target]),
    isHopeless: isLasting,
    onTrial: (trial) => tell(opened.name, trial),
  });
  if (chrf !== null)
    console.log(`  chrF ${chrf.toFixed(0)}, ${placeholders.kept} of ${placeholders.of} addresses kept.`);
  for (const fault of faults) say(`  ✗ ${fault}`, false);
  return faults.length === 0;
}

function tell(name: string, { original, answer, milliseconds, error }: Trial): void {
  console.log(`  ${original}`);
  if (answer !== null) console.log(`  → ${answer} (${Math.round(milliseconds)} ms)`);
  if (error) console.log(`  ✗ ${error.message}\n    ${adviceOn(name, error)}`);
}

/** The answer comes to the running server, which knows nothing of this check: it proves that the service takes texts from us. */
async function handIn(
  { name, callbacks }: Engine,
  { source, target }: Pair,
  { publicUrl }: Settings,
): Promise<boolean> {
  const texts = (sentencesIn(source)?.sentences ?? []).map((text, at) => ({ id: String(at), text }));
  const callbackUrl = `${publicUrl}/api/callbacks/translation/${randomUUID()}`;
  try {
    await callbacks?.submit({ source, target, texts, callbackUrl });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return say(`  ✗ ${error.message}\n    ${adviceOn(name, error)}`, false);
  }
  return say(
    `  ✓ ${texts.length} sentences were handed in. This engine answers later, to the running server at ${publicUrl}, which must be reachable from outside; it takes only answers to what it asked for itself. To see one arrive, wish for a translation on a page.`,
    true,
  );
}

function say(words: string, isGood: boolean): boolean {
  console.log(words);
  return isGood;
}
