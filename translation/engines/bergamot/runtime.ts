import type { ModelFiles } from './format.ts';
import { startGlue, type Native } from './glue.ts';

/** As Firefox translates: the one best answer, nothing that is longer than twice the original. */
const SETTINGS = {
  'beam-size': 1,
  normalize: '1.0',
  'word-penalty': 0,
  'cpu-threads': 0,
  'gemm-precision': 'int8shiftAlphaAll',
  'skip-cost': true,
  alignment: 'soft',
  quiet: true,
  'quiet-translation': true,
  'max-length-break': 128,
  // Small batches fit the caches: a fifth faster than Firefox's 1024, and less memory.
  'mini-batch-words': 256,
  workspace: 24,
  'max-length-factor': '2.0',
  // Texts come as single sentences already.
  'ssplit-mode': 'sentence',
} as const;
/** The runtime reads models and lists in steps of so many bytes. */
const [MODEL_ALIGNMENT, LIST_ALIGNMENT] = [256, 64];

/** One model in the one runtime of this thread. After any failure it is lost: end the thread. */
export interface Runtime {
  /** The same number of texts, in order. */
  translate(texts: readonly string[]): string[];
  /** Bytes of its memory, which grows and never shrinks. */
  memory(): number;
}

let isOpen = false;

/**
 * Its glue leaves functions on the global object, which a second runtime of the thread would take over: the first
 * would then answer with damaged memory.
 * @throws Error when the thread has one already, or the files are not what the runtime takes
 */
export async function openRuntime(compiled: WebAssembly.Module, files: ModelFiles): Promise<Runtime> {
  if (isOpen) throw new Error('A thread holds one runtime.');
  isOpen = true;
  const complaints: string[] = [];
  const native = await startGlue(compiled, (line) => complaints.push(line));
  const service = new native.BlockingService({ cacheSize: 0 });
  const model = guarded(() => load(native, files));
  return {
    memory: () => native.HEAP8.length,
    translate: (texts) => guarded(() => translate(texts)),
  };

  function translate(texts: readonly string[]): string[] {
    const [input, options] = [new native.VectorString(), new native.VectorResponseOptions()];
    for (const text of texts) {
      input.push_back(text);
      options.push_back({ qualityScores: false, alignment: false, html: false });
    }
    const answers = service.translate(model, input, options);
    const all = texts.map((_, index) => answers.get(index).getTranslatedText());
    for (const each of [answers, input, options]) each.delete();
    return all;
  }

  /** A trap says "unreachable"; the line before it says why. */
  function guarded<Result>(work: () => Result): Result {
    complaints.length = 0;
    try {
      return work();
    } catch (error) {
      const told = complaints.map((line) => /Error: (?!Aborted)(.*)/.exec(line)?.[1]).find((line) => line);
      throw new Error(told ?? (error instanceof Error ? error.message : String(error)), { cause: error });
    }
  }
}

function load(native: Native, { model, lex, vocabs }: ModelFiles): unknown {
  const place = (bytes: Uint8Array, alignment: number): unknown => {
    const memory = new native.AlignedMemory(bytes.length, alignment);
    memory.getByteArrayView().set(bytes);
    return memory;
  };
  const list = new native.AlignedMemoryList();
  for (const vocab of vocabs) list.push_back(place(vocab, LIST_ALIGNMENT));
  const settings = Object.entries(SETTINGS).map(([key, value]) => `${key}: ${value}\n`);
  return new native.TranslationModel(
    settings.join(''),
    place(model, MODEL_ALIGNMENT),
    place(lex, LIST_ALIGNMENT),
    list,
    null,
  );
}
