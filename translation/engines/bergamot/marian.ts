/** What a model says of itself. */
export interface ModelFacts {
  /** 384 in 'base-memory', 256 in 'tiny'. */
  dimensions: number;
  encoderLayers: number;
  decoderLayers: number;
  /** How many pieces the vocabularies of the source and the target have. */
  vocabularies: readonly [source: number, target: number];
  parameters: number;
}

interface Part {
  name: string;
  elements: number;
  bytes: Uint8Array;
}

const VERSION = 1;
const MOST_PARTS = 10_000;
const HEADER_BYTES = 16;
const ENTRY_BYTES = 32;
const INTGEMM8 = 0x4101;
/** Bytes of one element, by the number of its type: int8, int32, float32, and int8 with a multiplier behind it. */
const TYPE_BYTES: ReadonlyMap<number, number> = new Map([
  [0x0101, 1],
  [0x0104, 4],
  [0x0404, 4],
  [INTGEMM8, 1],
]);
const SETTINGS = 'special:model.yml';
const CUT = 'it ends within its table of contents.';

/**
 * Reads the table of contents of a model in Marian's binary format, version 1.
 * @throws Error when it is damaged, or lacks what the runtime would look for
 */
export function readModel(file: Uint8Array): ModelFacts {
  const parts = partsOf(file);
  const settings = parts.find(({ name }) => name === SETTINGS);
  if (!settings) throw new Error('it carries no settings.');
  const yaml = new TextDecoder().decode(settings.bytes).replace(/\0+$/, '');
  const weights = parts.filter((part) => part !== settings);
  const facts = readSettings(yaml);
  refuseMissing(facts, new Set(weights.map(({ name }) => name)));
  return { ...facts, parameters: weights.reduce((sum, { elements }) => sum + elements, 0) };
}

function partsOf(file: Uint8Array): Part[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const uint64 = (at: number): number => (at + 8 <= file.length ? Number(view.getBigUint64(at, true)) : Number.NaN);
  if (uint64(0) !== VERSION) throw new Error('it does not begin as a Marian model does.');
  const count = uint64(8);
  if (!(count > 0 && count < MOST_PARTS)) throw new Error('it names no sensible number of parts.');
  const entries = Array.from({ length: count }, (_, index) => {
    const at = HEADER_BYTES + index * ENTRY_BYTES;
    return { nameLength: uint64(at), type: uint64(at + 8), dimensions: uint64(at + 16), length: uint64(at + 24) };
  });
  const sum = (pick: (entry: (typeof entries)[number]) => number): number =>
    entries.reduce((total, entry) => total + pick(entry), 0);
  let name = HEADER_BYTES + count * ENTRY_BYTES;
  let shape = name + sum(({ nameLength }) => nameLength);
  let data = shape + sum(({ dimensions }) => dimensions * 4);
  data += 8 + uint64(data);
  if (!(data <= file.length)) throw new Error(CUT);
  const wanted = data + sum(({ length }) => length);
  if (wanted !== file.length) throw new Error(`it has ${file.length} bytes and should have ${wanted}.`);
  return entries.map(({ nameLength, type, dimensions, length }) => {
    const part = {
      name: new TextDecoder().decode(file.subarray(name, name + nameLength - 1)),
      elements: elementsOf(view, shape, dimensions),
      bytes: file.subarray(data, data + length),
    };
    [name, shape, data] = [name + nameLength, shape + dimensions * 4, data + length];
    refuseNarrow(part, type);
    return part;
  });
}

function elementsOf(view: DataView, at: number, dimensions: number): number {
  const sizes = Array.from({ length: dimensions }, (_, index) => view.getInt32(at + index * 4, true));
  return sizes.reduce((all, each) => all * each, 1);
}

function refuseNarrow({ name, elements, bytes }: Part, type: number): void {
  const size = TYPE_BYTES.get(type);
  if (size === undefined) throw new Error(`"${name}" is of a type that the runtime does not know.`);
  if (elements <= 0 || elements * size + (type === INTGEMM8 ? 4 : 0) > bytes.length)
    throw new Error(`"${name}" has no room for its values.`);
}

function readSettings(yaml: string): Omit<ModelFacts, 'parameters'> {
  const value = (key: string): string => new RegExp(`^${key}: *(.*)$`, 'm').exec(yaml)?.[1]?.trim() ?? '';
  if (value('type') !== 'transformer') throw new Error(`it is of the type "${value('type')}".`);
  const [source, target, ...more] = (/^dim-vocabs:\s*((?:\n\s*- \d+)+)/m.exec(yaml)?.[1]?.match(/\d+/g) ?? []).map(
    Number,
  );
  const [dimensions, encoderLayers, decoderLayers] = ['dim-emb', 'enc-depth', 'dec-depth'].map((key) =>
    Number(value(key)),
  );
  if (!source || !target || more.length > 0 || !dimensions || !encoderLayers || !decoderLayers)
    throw new Error('its settings lack sizes.');
  return { dimensions, encoderLayers, decoderLayers, vocabularies: [source, target] };
}

function refuseMissing(
  { encoderLayers, decoderLayers }: Omit<ModelFacts, 'parameters'>,
  names: ReadonlySet<string>,
): void {
  const needed = [
    ...(names.has('Wemb') ? [] : ['encoder_Wemb', 'decoder_Wemb']),
    'decoder_ff_logit_out_b',
    `encoder_l${encoderLayers}_ffn_W2`,
    `decoder_l${decoderLayers}_context_Wo`,
  ];
  const missing = needed.find((name) => !names.has(name));
  if (missing !== undefined) throw new Error(`it lacks "${missing}".`);
  // Without its scale the runtime gives up in the middle of the first translation.
  const unscaled = [...names].find((name) => /_W(?!emb$)[a-z0-9]*$/.test(name) && !names.has(`${name}_QuantMultA`));
  if (unscaled !== undefined) throw new Error(`"${unscaled}" has no scale.`);
}
