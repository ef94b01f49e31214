import { createLog } from './platform/log.ts';
import { readSettings, type Settings } from './platform/settings.ts';
import { onStop } from './platform/signals.ts';
import { start } from './start.ts';

await main();

async function main(): Promise<void> {
  const settings = settingsOrExit();
  const log = createLog(settings.logLevel);
  if (settings.databaseUrl === null)
    log.warn(
      'The embedded database is for demonstrations, development and tests: it serves one process and does not wait for the disk. Set DATABASE_URL for real use.',
    );
  const running = await start(settings, log).catch((error: unknown) => exit(error));
  log.info({ port: running.port, role: settings.role, url: settings.publicUrl }, 'Polyphony listens');

  onStop(() => running.stop());
}

function settingsOrExit(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    return exit(error);
  }
}

/** One sentence for whoever started it, not a stack. */
function exit(error: unknown): never {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
