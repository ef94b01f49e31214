import { prove, type Verdict } from '#translation/check/prove.ts';
import { createBergamot } from '#translation/engines/bergamot/bergamot.ts';
import { type Installed, listInstalled, verify } from '#translation/engines/bergamot/store.ts';
import type { Environment } from '#translation/engines/environment.ts';
import { type Translator, translatorOf } from '#translation/translator.ts';
import type { Settings } from '../../../platform/settings.ts';
import { writeVerdict } from './folder.ts';
import { languageOfAnswers } from './language-of.ts';

/** What a check has found of one direction, and what it took. */
export interface Proof {
  direction: string;
  architecture: string;
  verdict: Verdict;
  /** Bytes of its memory, and characters a second; 0 when it could not be opened. */
  memory: number;
  speed: number;
}

/** The folder of the models. */
export function modelsFolder(environment: Environment): string {
  const folder = environment['BERGAMOT_MODELS'];
  if (!folder) throw new Error('BERGAMOT_MODELS names no folder.');
  return folder;
}

type ProofSettings = Pick<Settings, 'engineEnvironment' | 'detector' | 'languages'>;

/**
 * Has installed directions translate what is known, and enables those that do it well; all others are disabled.
 * @throws Error when no models can be opened on this machine
 */
export async function proveInstalled(
  settings: ProofSettings,
  isAsked: (installed: Installed) => boolean,
  onProof: (proof: Proof) => void,
): Promise<Proof[]> {
  const folder = modelsFolder(settings.engineEnvironment);
  const asked = (await listInstalled(folder)).filter(isAsked);
  if (asked.length === 0) return [];
  const opened = await createBergamot(settings.engineEnvironment, { isTrial: true });
  if (!opened.engine) throw new Error(opened.reason);
  const { engine } = opened;
  const translator = translatorOf([engine]);
  const languageOf = await languageOfAnswers(
    settings,
    asked.flatMap(({ source, target }) => [source, target]),
  );
  const proofs: Proof[] = [];
  try {
    for (const installed of asked) {
      const verdict = await judge(folder, installed, translator, languageOf);
      const { direction, architecture } = installed;
      const open = engine.workings?.().directions.find(({ name }) => name === direction);
      const proof = { direction, architecture, verdict, memory: open?.memory ?? 0, speed: open?.speed ?? 0 };
      await writeVerdict(folder, installed, {
        at: new Date().toISOString(),
        faults: verdict.faults,
        chrf: verdict.chrf ?? 0,
        placeholders: `${verdict.placeholders.kept} of ${verdict.placeholders.of}`,
      });
      onProof(proof);
      proofs.push(proof);
    }
  } finally {
    await engine.close();
  }
  return proofs;
}

async function judge(
  folder: string,
  installed: Installed,
  translator: Translator,
  languageOf: Awaited<ReturnType<typeof languageOfAnswers>>,
): Promise<Verdict> {
  const { source, target } = installed;
  try {
    await verify(folder, installed);
    return await prove(translator, { source, target, languageOf, isHopeless: ({ kind }) => kind !== 'bad_output' });
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    return { faults: [fault], chrf: null, placeholders: { kept: 0, of: 0 }, milliseconds: 0 };
  }
}
