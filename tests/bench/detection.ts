// How often each detector names the right language, how fast, and at what cost of memory.
// LANGUAGE_ID_DIR is a folder of labelled texts: eu24.jsonl, hard.jsonl and real.jsonl, a JSON object a line.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadDetector, type DetectOptions } from '../../translation/detection/detector.ts';
import { loadCld3, loadEld, loadFranc, type Scorer } from '../../translation/detection/models.ts';
import { EU_LANGUAGES } from '../../translation/languages.ts';

type Detect = (text: string, options?: DetectOptions) => { language: string | null; sure: boolean };
type Figures = Record<string, string | number>;

interface LabelledText {
  text: string;
  lang: string;
  bucket: string;
  file: string;
}

const CANDIDATES = [...EU_LANGUAGES, 'ar'];

const DETECTORS: Readonly<Record<string, () => Promise<Detect>>> = {
  small: () => combined('small'),
  large: () => combined('large'),
  light: () => combined('light'),
  'eld/small alone': async () => best(await loadEld('small')),
  'eld/large alone': async () => best(await loadEld('large')),
  'franc alone': async () => best(await loadFranc()),
  'cld3 alone': async () => {
    const cld3 = await loadCld3();
    return (text) => ({ language: cld3(text).language, sure: false });
  },
};

/** The figures of every detector, each measured in a process of its own; none without LANGUAGE_ID_DIR. */
export async function benchDetection(): Promise<Record<string, Figures>> {
  const figures: Record<string, Figures> = {};
  if (!process.env['LANGUAGE_ID_DIR']) return figures;
  for (const name of Object.keys(DETECTORS)) figures[name] = await measureApart(name);
  return figures;
}

async function measureApart(name: string): Promise<Figures> {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), name]);
  const figures: Figures = JSON.parse(stdout);
  return figures;
}

async function combined(model: 'small' | 'large' | 'light'): Promise<Detect> {
  const detector = await loadDetector({ model, candidates: CANDIDATES });
  return (text, options) => detector.detect(text, options);
}

function best(scorer: Scorer): Detect {
  return (text) => {
    const scores = scorer.score(text, CANDIDATES);
    const ranked = CANDIDATES.toSorted((one, other) => (scores.get(other) ?? 0) - (scores.get(one) ?? 0));
    return { language: ranked[0] ?? null, sure: false };
  };
}

async function measure(name: string, texts: readonly LabelledText[]): Promise<Figures> {
  const load = DETECTORS[name];
  if (!load) throw new Error(`There is no detector called ${name}.`);
  const memoryBefore = process.memoryUsage.rss();
  const started = performance.now();
  const detect = await load();
  detect('The first text a detector reads makes it unpack its tables.');
  const memoryLoaded = process.memoryUsage.rss();
  const loaded = performance.now();
  const answers = texts.map((each) => ({ ...each, ...detect(each.text) }));
  const seconds = (performance.now() - loaded) / 1000;
  const memoryBusy = process.memoryUsage.rss();
  return {
    ...accuracy(answers),
    ...withInterface(detect, texts),
    'texts/s': Math.round(texts.length / seconds),
    'load ms': Math.round(loaded - started),
    'MB loaded': Math.round((memoryLoaded - memoryBefore) / 1e6),
    // Without a pause for the collector: what a server under attack would reach, not what it needs.
    'MB at full speed': Math.round((memoryBusy - memoryBefore) / 1e6),
  };
}

type Answer = LabelledText & ReturnType<Detect>;

function accuracy(answers: readonly Answer[]): Figures {
  const eu24 = answers.filter(({ file }) => file === 'eu24');
  const bucket = (name: string): string => percentRight(answers.filter((answer) => answer.bucket === name));
  const languages = EU_LANGUAGES.map((lang) => ({ lang, right: percentRight(eu24.filter((a) => a.lang === lang)) }));
  const worst = languages.reduce((least, each) => (Number(each.right) < Number(least.right) ? each : least));
  return {
    all: percentRight(eu24),
    ...Object.fromEntries(['title', 'short', 'medium', 'long'].map((name) => [name, bucket(name)])),
    worst: `${worst.right} ${worst.lang}`,
    capitals: bucket('noise-caps'),
    addresses: bucket('noise-url'),
    hashtags: bucket('noise-tags'),
    mixed: bucket('mixed'),
    real: percentRight(answers.filter(({ file }) => file === 'real')),
    'when sure': percentRight(eu24.filter(({ sure }) => sure)),
  };
}

function percentRight(answers: readonly Answer[]): string {
  const right = answers.filter(({ language, lang }) => language === lang).length;
  return answers.length === 0 ? '-' : ((100 * right) / answers.length).toFixed(2);
}

// Nine authors of ten write in the language they read the site in; the tenth reads any other.
function withInterface(detect: Detect, texts: readonly LabelledText[]): Figures {
  const answers = texts
    .filter(({ file }) => file === 'eu24')
    .map((each, i) => {
      const other = EU_LANGUAGES[Math.floor(i / 10) % EU_LANGUAGES.length] ?? each.lang;
      return { ...each, ...detect(each.text, { interfaceLanguage: i % 10 === 0 ? other : each.lang }) };
    });
  const titles = answers.filter(({ bucket }) => bucket === 'title');
  return { 'all, prior': percentRight(answers), 'title, prior': percentRight(titles) };
}

async function readTexts(folder: string): Promise<LabelledText[]> {
  const files = await Promise.all(['eu24', 'hard', 'real'].map((file) => readLines(folder, file)));
  return files.flat();
}

async function readLines(folder: string, file: string): Promise<LabelledText[]> {
  const lines = (await readFile(`${folder}/${file}.jsonl`, 'utf8')).trim().split('\n');
  return lines.map((line) => ({ ...JSON.parse(line), file }));
}

if (import.meta.main) {
  const folder = process.env['LANGUAGE_ID_DIR'];
  const name = process.argv[2];
  if (!folder) console.log('Detection was not measured: LANGUAGE_ID_DIR names no folder of labelled texts.');
  else if (name) console.log(JSON.stringify(await measure(name, await readTexts(folder))));
  else printFigures(await benchDetection());
}

// Detectors across, figures down: that fits a terminal.
function printFigures(figures: Record<string, Figures>): void {
  const rows = Object.keys(Object.values(figures)[0] ?? {});
  console.table(
    Object.fromEntries(
      rows.map((row) => [row, Object.fromEntries(Object.entries(figures).map(([name, each]) => [name, each[row]]))]),
    ),
  );
}
