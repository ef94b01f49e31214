import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';

import { checkFiles } from './format.ts';
import type { Report, Start, Task } from './messages.ts';
import { openRuntime } from './runtime.ts';

// One direction, one runtime, one thread: what it takes is given back when the thread ends.
assert(parentPort, 'worker.ts runs as a worker.');
const port = parentPort;
const report = (what: Report): void => port.postMessage(what);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

await serve(workerData).catch((error: unknown) => {
  report({ kind: 'refused', reason: reasonOf(error) });
  port.close();
});

async function serve({ compiled, model, lex, vocabs, isUnchecked = false }: Start): Promise<void> {
  const files = {
    model: await readFile(model),
    lex: await readFile(lex),
    vocabs: await Promise.all(vocabs.map((vocab) => readFile(vocab))),
  };
  if (!isUnchecked) checkFiles(files);
  const runtime = await openRuntime(compiled, files);
  // The model is unpacked when it is first used.
  runtime.translate(['.']);
  port.on('message', ({ texts }: Task) => {
    try {
      report({ kind: 'answer', texts: runtime.translate(texts), memory: runtime.memory() });
    } catch (error) {
      report({ kind: 'failed', reason: reasonOf(error) });
    }
  });
  report({ kind: 'ready', memory: runtime.memory() });
}
