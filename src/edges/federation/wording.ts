import { UNDETERMINED } from '#translation/languages.ts';
import type { RemoteWords } from '../../services/house/federated.ts';
import { excerpt } from '../../services/texts/markdown.ts';
import { hostOf } from './addresses.ts';
import { markdownOf } from './markdown-of.ts';
import { address, idOf, isObject, listOf } from './wire.ts';

type Json = Record<string, unknown>;

export interface Limits {
  title: number;
  body: number;
}

const HTML_CHARACTERS = 60_000;
const TITLE_OF_NOTE = 100;

/** What an object of another server says, within the limits of a kind: what is longer is cut, with the way to the whole. Null without a word. */
export function wordsOf(object: Json, limits: Limits, languages: readonly string[]): RemoteWords | null {
  const uri = address.parse(idOf(object));
  const language = languageOf(object, languages);
  const body = cut(plain(markdownOf(textOf(object, 'content'))), limits.body, linkOf(object, uri));
  if (body === '') return null;
  const name = plainWords(textOf(object, 'name'));
  const title =
    limits.title === 0
      ? null
      : Array.from(name || excerpt(body, TITLE_OF_NOTE))
          .slice(0, limits.title)
          .join('');
  return { title, body, language, uri, host: hostOf(uri) ?? '', publishedAt: momentOf(object['published']) };
}

/** Of its words: the first key that is no translation (FEP-22cd). Mobilizon's own `und`, and nothing said, mean that it is detected. */
function originalKey({ contentMap, nameMap, translations }: Json): string | undefined {
  const translated = new Set(listOf(translations).map((each) => (isObject(each) ? each['inLanguage'] : null)));
  const map = [contentMap, nameMap].find(isObject) ?? {};
  return Object.keys(map).find((key) => !translated.has(key));
}

function languageOf(object: Json, languages: readonly string[]): string | null {
  const { inLanguage } = object;
  const said = originalKey(object) ?? (typeof inLanguage === 'string' ? inLanguage : '');
  const [short = ''] = said.toLowerCase().split('-');
  return short !== UNDETERMINED && languages.includes(short) ? short : null;
}

/** In the original, where there are several. */
function textOf(object: Json, name: 'content' | 'name'): string {
  const map = object[`${name}Map`];
  const key = originalKey(object);
  const said = key !== undefined && isObject(map) ? map[key] : undefined;
  const text = typeof said === 'string' ? said : object[name];
  return typeof text === 'string' ? text.slice(0, HTML_CHARACTERS) : '';
}

const plain = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')
    .trim();

const stripTags = (text: string): string => text.replaceAll(/<[^<>]*>/g, '');

/** Words without marks, for what is shown as text. */
export const plainWords = (html: string): string => plain(stripTags(html.slice(0, HTML_CHARACTERS)));

function cut(text: string, max: number, link: string): string {
  const letters = Array.from(text);
  if (letters.length <= max) return text;
  const rest = `… [↗](${link})`;
  return (
    letters
      .slice(0, max - rest.length)
      .join('')
      .trimEnd() + rest
  );
}

function linkOf({ url }: Json, uri: string): string {
  const [first] = listOf(url);
  const { success, data } = address.safeParse(isObject(first) ? first['href'] : first);
  return (success ? data : uri).replaceAll('(', '%28').replaceAll(')', '%29');
}

/** Never later than now: nobody writes in the future. */
function momentOf(published: unknown): Date {
  const said = typeof published === 'string' ? new Date(published) : new Date(Number.NaN);
  const now = new Date();
  return Number.isNaN(said.getTime()) || said > now || said.getFullYear() < 2000 ? now : said;
}
