const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const URL_ATTRIBUTE = /\s(?:href|src|action|formaction|poster|data)="$/;
const UNQUOTED = /=\s*$/;
const SAFE_URL = /^(?:https?:|mailto:|webcal:|\/(?!\/)|#|\?|$)/i;

/** Text that is already HTML. Made by `html` and, in this file only, by `raw`. */
export class Html {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
  toString(): string {
    return this.value;
  }
}

type Part = Html | string | number | boolean | null | undefined | readonly Part[];

/**
 * A piece of a page. Values are escaped; null, undefined and false show nothing; lists are joined. Throws on promises and objects,
 * on attributes without quotes, and on addresses that would run script.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  const places = placesOf(strings);
  let out = strings[0] ?? '';
  for (let index = 0; index < values.length; index++) {
    const shown = show(values[index]);
    if (places[index] === 'url' && !SAFE_URL.test(shown))
      throw new Error(`Not an address for a page: ${shown.slice(0, 40)}`);
    out += shown + (strings[index + 1] ?? '');
  }
  return new Html(out);
}

type Place = 'text' | 'url';
const known = new WeakMap<TemplateStringsArray, Place[]>();

/** Where each value of a template stands; looked at once a template, not once a page. */
function placesOf(strings: TemplateStringsArray): Place[] {
  let places = known.get(strings);
  if (!places) {
    let inside: Inside = 'text';
    places = strings.slice(0, -1).map((before) => {
      inside = walk(before, inside);
      if (inside === 'tag' && UNQUOTED.test(before))
        throw new Error(`An attribute without quotes: ${before.slice(-40)}`);
      return inside === 'quotes' && URL_ATTRIBUTE.test(before) ? 'url' : 'text';
    });
    known.set(strings, places);
  }
  return places;
}

/** Between tags, inside one, or inside the quotes of an attribute. */
type Inside = 'text' | 'tag' | 'quotes';

function walk(piece: string, from: Inside): Inside {
  let inside = from;
  for (const letter of piece) {
    if (inside === 'text' && letter === '<') inside = 'tag';
    else if (inside === 'tag' && letter === '>') inside = 'text';
    else if (letter === '"' && inside !== 'text') inside = inside === 'tag' ? 'quotes' : 'tag';
  }
  return inside;
}

/** HTML from a renderer that escapes by itself (Markdown). Never for anything a person or an engine wrote. */
export function raw(trusted: string): Html {
  return new Html(trusted);
}

function escape(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter) : text;
}

function show(value: Part): string {
  if (value instanceof Html) return value.value;
  if (typeof value === 'string') return escape(value);
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(show).join('');
  throw new Error(`Not something for a page: ${Object.prototype.toString.call(value)}`);
}
