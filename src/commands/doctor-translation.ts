import { createTranslator, type Translator } from '../../translation/translator.ts';
import { readEngines, readQueue, type Queue, type ShownEngine } from '../edges/administration/administration.reads.ts';
import type { Em } from '../platform/db/database.ts';
import { within } from '../platform/pauses.ts';
import { matrixOf } from '../services/engines/matrix.ts';
import type { Settings } from '../platform/settings.ts';
import { fault, ok, warning, type Finding } from './finding.ts';

const OLD_MINUTES = 15;
/** Engines answer within seconds, also those that have to start a process. */
const ANSWER_MILLISECONDS = 20_000;
const SILENT = { ok: false, message: 'It does not answer.' };

/** The engines of the settings, tried for real; and, where there are tables, how they did and what waits for them. */
export async function ofTranslation(settings: Settings, em: Em | null): Promise<Finding[]> {
  const skipped: Finding[] = [];
  const translator = await createTranslator({
    engines: settings.engines,
    environment: settings.engineEnvironment,
    allowed: settings.allowedPairs,
    onSkip: (name, reason) => skipped.push(warning(`Translation engine ${name}: ${reason}`)),
  });
  try {
    return [
      ...skipped,
      ...(await ofEngines(translator)),
      ...ofPairs(translator, settings),
      ...(em ? (await readEngines(em, translator, settings)).flatMap(ofState) : []),
      ...(em ? ofQueue(await readQueue(em, translator)) : []),
    ];
  } finally {
    await translator.close();
  }
}

function ofEngines(translator: Translator): Promise<Finding[]> {
  return Promise.all(
    translator.engines().map(async (engine) => {
      const health = await within(ANSWER_MILLISECONDS, engine.health(), SILENT);
      const say = health.ok ? ok : fault;
      return say(`Translation engine ${engine.name}: ${engine.pairs().length} pairs. ${health.message}`);
    }),
  );
}

/** What readers cannot read yet, and how that is mended. */
function ofPairs(translator: Translator, { engines, languages }: Settings): Finding[] {
  const { reached, all } = matrixOf(translator, languages);
  const words = `${reached} of ${all} pairs of languages are translated.`;
  if (reached === all || engines.includes('bergamot')) return [ok(words)];
  return [warning(`${words} More, on this machine: npm run polyphony -- engine install bergamot`)];
}

/** What happened to it while the platform ran, and what it has left to spend. */
function ofState({ name, health, used, budget }: ShownEngine): Finding[] {
  const about = `Translation engine ${name}`;
  const spent = (['day', 'month'] as const).flatMap((period) => {
    const most = budget[period];
    if (most === undefined) return [];
    const words = `${about}: ${used[period]} of ${most} characters of this ${period} are spent.`;
    return [used[period] < most ? ok(words) : warning(`${words} What only it translates waits until the next.`)];
  });
  const where = 'Its button stands on /en/admin/translation.';
  switch (health.is) {
    case 'paused':
      return [
        warning(`${about} is paused since ${health.at.toISOString()} by ${health.by ?? 'somebody'}. ${where}`),
        ...spent,
      ];
    case 'away':
      return [
        warning(
          `${about} is not asked until ${health.until.toISOString()} (${health.reason}). ${health.message ?? ''}`,
        ),
        ...spent,
      ];
    case 'failing':
      return [
        warning(`${about} failed ${health.times} times in a row (${health.reason}). ${health.message ?? ''}`),
        ...spent,
      ];
    default:
      return spent;
  }
}

function ofQueue({ lines, reasons }: Queue): Finding[] {
  return lines.map(({ state, total, oldestSeconds }) => {
    const minutes = Math.round(oldestSeconds / 60);
    if (state === 'failed')
      return total === 0
        ? ok('No translation has failed.')
        : warning(`${total} translations failed. They are tried again from /en/admin/translation.`);
    if (state === 'suspended') {
      const why = [...reasons].map(([reason, count]) => `${count} ${reason}`).join(', ');
      return total === 0
        ? ok('No translation waits for an engine that is away.')
        : warning(`${total} translations wait for an engine that is away (${why}), the oldest for ${minutes} minutes.`);
    }
    return minutes > OLD_MINUTES
      ? warning(`${total} translations wait, the oldest for ${minutes} minutes. Is a worker running?`)
      : ok(`${total} translations wait.`);
  });
}
