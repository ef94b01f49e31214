import { readSettings } from '../../platform/settings.ts';
import { proveInstalled } from './models/proof.ts';

/** Measures every installed direction as its check does, as a table in Markdown to keep. Exit code 1 when one does not pass. */
export async function measureModels([name, ...more]: readonly string[]): Promise<number> {
  if (name !== 'bergamot' || more.length > 0) throw new Error('Say what to measure, as in: engine bench bergamot');
  console.log('| direction | architecture | chrF | addresses | ms a sentence | characters/s | MB | passed |');
  console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |');
  const proofs = await proveInstalled(
    readSettings(process.env),
    () => true,
    ({ direction, architecture, verdict, memory, speed }) => {
      const { faults, chrf, placeholders, milliseconds } = verdict;
      const cells = [
        ...[
          direction,
          architecture,
          (chrf ?? 0).toFixed(1),
          `${placeholders.kept}/${placeholders.of}`,
          milliseconds,
          speed,
        ],
        ...[Math.ceil(memory / 1_000_000), faults.length === 0 ? 'yes' : `no: ${faults.join(' ')}`],
      ];
      console.log(`| ${cells.join(' | ')} |`);
    },
  );
  if (proofs.length === 0) throw new Error('Nothing is installed: npm run polyphony -- engine install bergamot');
  return proofs.every(({ verdict }) => verdict.faults.length === 0) ? 0 : 1;
}
