import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** A text whose language is known. */
export interface LabelledText {
  text: string;
  lang: string;
  /** Its length or its kind: title, short, noise-caps, … */
  bucket: string;
  /** eu24, hard, real, beyond. */
  file: string;
  /** Constants are fitted on the half `fitted` only; the other tells whether they hold elsewhere. */
  half: 'fitted' | 'kept';
}

/** The texts of LANGUAGE_ID_DIR, a folder of JSON lines `{text, lang, bucket}`. They are for measuring and not part of the project. */
export async function readLabelledTexts(folder: string): Promise<LabelledText[]> {
  const files = await Promise.all(['eu24', 'hard', 'real', 'beyond'].map((file) => readLines(folder, file)));
  return files.flat();
}

async function readLines(folder: string, file: string): Promise<LabelledText[]> {
  const lines = (await readFile(`${folder}/${file}.jsonl`, 'utf8')).trim().split('\n');
  return lines.map((line) => {
    const { text, lang, bucket }: LabelledText = JSON.parse(line);
    return { text, lang, bucket, file, half: halfOf(text) };
  });
}

function halfOf(text: string): 'fitted' | 'kept' {
  const [first = 0] = createHash('md5').update(text).digest();
  return first % 2 === 0 ? 'fitted' : 'kept';
}
