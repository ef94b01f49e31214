import { UNDETERMINED } from '#translation/languages.ts';
import type { RemoteWords } from '../../services/house/federated.ts';
import { excerpt } from '../../services/texts/markdown.ts';
import { hostOf } from './addresses.ts';
import { markdownOf } from './markdown-of.ts';
import { address, idOf, isObject, listOf, typeOf } from './wire.ts';

type Json = Record<string, unknown>;

export interface Limits {
  title: number;
  body: number;
}

const HTML_CHARACTERS = 60_000;
const TITLE_OF_NOTE = 100;
/** Whom a note speaks to, before it says anything. */
const ADDRESSED = /^(?:@[\p{L}\p{N}_.@:-]+\s+)+/u;

/** What an object of another server says, within the limits of a kind: what is longer is cut, with the way to the whole. Null without a word. */
export function wordsOf(object: Json, limits: Limits, languages: readonly string[]): RemoteWords | null {
  const uri = address.parse(idOf(object));
  const language = languageOf(object, languages);
  const body = cut(plain(bodyOf(object)), limits.body, linkOf(object, uri));
  if (body === '') return null;
  const name = plainWords(textOf(object, 'name'));
  const title =
    limits.title === 0
      ? null
      : Array.from(name || excerpt(body, TITLE_OF_NOTE).replace(ADDRESSED, ''))
          .slice(0, limits.title)
          .join('');
  return { title, body, language, uri, host: hostOf(uri) ?? '', publishedAt: momentOf(object['published']) };
}

/** The warning that Mastodon puts before the words, the words, and the link that Lemmy keeps beside them. A post may be its name alone. */
function bodyOf(object: Json): string {
  const said = markdownIn(object);
  const isNote = typeOf(object) === 'Note';
  const warning = isNote ? markdownOf(textOf(object, 'summary')) : '';
  const links = linksBeside(object).filter((link) => !said.includes(link));
  const all = [warning && `⚠️ ${warning}`, said, ...links.map((link) => `<${link}>`)].filter((each) => each !== '');
  return all.join('\n\n') || (isNote ? '' : markdownOf(textOf(object, 'name')));
}

/** As it was written, where that was Markdown; else what its HTML says. */
function markdownIn(object: Json): string {
  const { source } = object;
  const written: Json = isObject(source) ? source : {};
  const { content, mediaType } = written;
  const isMarkdown = typeof content === 'string' && /^text\/markdown\b/i.test(String(mediaType));
  return isMarkdown ? content.slice(0, HTML_CHARACTERS) : markdownOf(textOf(object, 'content'));
}

function linksBeside({ attachment }: Json): string[] {
  const links = listOf(attachment)
    .filter(isObject)
    .filter((each) => typeOf(each) === 'Link');
  return links.flatMap(({ href }) => {
    const { success, data } = address.safeParse(href);
    return success ? [new URL(data).href] : [];
  });
}

/** Of its words: the first key that is no translation (FEP-22cd). Mobilizon's own `und`, and nothing said, mean that it is detected. */
function originalKey({ contentMap, nameMap, translations }: Json): string | undefined {
  const translated = new Set(listOf(translations).map((each) => (isObject(each) ? each['inLanguage'] : null)));
  const map = [contentMap, nameMap].find(isObject) ?? {};
  return Object.keys(map).find((key) => !translated.has(key));
}

function languageOf(object: Json, languages: readonly string[]): string | null {
  const { inLanguage, language } = object;
  // Lemmy's is an object, Pleroma's a word.
  const said = [originalKey(object), inLanguage, isObject(language) ? language['identifier'] : language];
  const short = said
    .flatMap((each) => (typeof each === 'string' ? each.toLowerCase().split('-').slice(0, 1) : []))
    .find((each) => each !== UNDETERMINED);
  return short !== undefined && languages.includes(short) ? short : null;
}

/** In the original, where there are several. */
function textOf(object: Json, name: 'content' | 'name' | 'summary'): string {
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
