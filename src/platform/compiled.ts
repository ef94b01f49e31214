import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/** As in settings.ts, which loads what is to be found compiled. */
const folder = process.env['DATA_DIR'] || '.data';

/**
 * Node keeps what it compiles beside the data, for the next start. Only where data is kept already: whoever types a command as root
 * must not make the folder of another person's platform. Where it cannot be written nothing happens; NODE_COMPILE_CACHE names another
 * place, and NODE_DISABLE_COMPILE_CACHE=1 none. Not in the folder of temporary files, where others of the machine could write it.
 */
if (existsSync(folder)) enableCompileCache(join(folder, 'compiled'));
