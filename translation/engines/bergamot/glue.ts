import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';

/** What the package offers once its WebAssembly runs, as far as it is used here. */
export interface Native {
  HEAP8: Int8Array;
  AlignedMemory: new (size: number, alignment: number) => Memory;
  AlignedMemoryList: new () => Vector;
  VectorString: new () => Vector;
  VectorResponseOptions: new () => Vector;
  TranslationModel: new (settings: string, ...files: unknown[]) => unknown;
  BlockingService: new (options: { cacheSize: number }) => Service;
}

interface Memory {
  getByteArrayView(): { set(bytes: Uint8Array): void };
}

interface Vector {
  push_back(item: unknown): void;
  delete(): void;
}

interface Service {
  translate(
    model: unknown,
    input: Vector,
    options: Vector,
  ): { get(index: number): { getTranslatedText(): string }; delete(): void };
}

/** What the glue takes: hooks that it calls, on an object that it fills. */
interface Module extends Partial<Native> {
  print(): void;
  printErr(line: string): void;
  onRuntimeInitialized(): void;
  onAbort(): void;
  instantiateWasm(imports: WebAssembly.Imports, accept: (instance: WebAssembly.Instance) => void): object;
  asm?: Record<string, (...args: number[]) => number>;
}

/** The browser's multiplication calls itself by these names; elsewhere the package's own stands in. */
const MULTIPLICATION = {
  int8_prepare_a: 'int8PrepareAFallback',
  int8_prepare_b: 'int8PrepareBFallback',
  int8_prepare_b_from_transposed: 'int8PrepareBFromTransposedFallback',
  int8_prepare_b_from_quantized_transposed: 'int8PrepareBFromQuantizedTransposedFallback',
  int8_prepare_bias: 'int8PrepareBiasFallback',
  int8_multiply_and_add_bias: 'int8MultiplyAndAddBiasFallback',
  int8_select_columns_of_b: 'int8SelectColumnsOfBFallback',
} as const;

const FOLDER = join(
  dirname(createRequire(import.meta.url).resolve('@browsermt/bergamot-translator/package.json')),
  'worker',
);

/** Compiled once, and used by all workers. */
export async function compileRuntime(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(join(FOLDER, 'bergamot-translator-worker.wasm')));
}

/**
 * Starts the package's glue without its own worker, which waits for ever in Node. It is a script that is neither a module nor CommonJS,
 * and hidden from `process` it does not take itself for a program. `complain` gets its lines of errors.
 */
export async function startGlue(compiled: WebAssembly.Module, complain: (line: string) => void): Promise<Native> {
  const glue = await readFile(join(FOLDER, 'bergamot-translator-worker.js'), 'utf8');
  const run = compileFunction(glue, ['Module', 'require', '__dirname', 'process'], { filename: 'bergamot.js' });
  return new Promise((resolve, reject) => {
    const module: Module = {
      print: () => undefined,
      printErr: complain,
      onAbort: () => reject(new Error('The runtime gave up.')),
      onRuntimeInitialized: () => {
        if (isNative(module)) resolve(module);
        else reject(new Error('This is not the runtime that Polyphony was made for.'));
      },
      instantiateWasm: (imports, accept) => {
        const own = Object.fromEntries(
          Object.entries(MULTIPLICATION).map(([name, standIn]) => [
            name,
            (...args: number[]) => module.asm?.[standIn]?.(...args) ?? 0,
          ]),
        );
        WebAssembly.instantiate(compiled, { ...imports, wasm_gemm: own }).then(accept, reject);
        return {};
      },
    };
    run(module, undefined, FOLDER, undefined);
  });
}

const NEEDED = ['HEAP8', 'AlignedMemory', 'TranslationModel', 'BlockingService'] as const;

function isNative(module: Partial<Native>): module is Native {
  return NEEDED.every((name) => module[name] !== undefined);
}
