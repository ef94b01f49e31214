import MarkdownIt from 'markdown-it';
import sanitize from 'sanitize-html';

import { raw, type Html } from '../../platform/html.ts';
import { rememberWords } from '../../platform/remember.ts';

const OWN_TAGS = ['p', 'br', 'ul', 'ol', 'li', 'blockquote', 'strong', 'em', 'code', 'pre', 'a', 'h3', 'h4', 'hr'];
const REL = 'nofollow ugc noopener noreferrer';
/** Deeper lists and quotes than anybody reads cost time, not understanding. */
const NESTING = 20;
/** A text of 1,000 letters and its HTML take 5 KB: the last 3,000 that were shown, and as many beginnings on cards. */
const HTML_BYTES = 16_000_000;
const EXCERPTS_BYTES = 8_000_000;
const CARD_CHARACTERS = 240;

const markdown = new MarkdownIt('zero', { html: false, linkify: true, breaks: true, maxNesting: NESTING });
markdown.enable([
  'autolink',
  'backticks',
  'blockquote',
  'code',
  'emphasis',
  'entity',
  'escape',
  'fence',
  'heading',
  'hr',
  'lheading',
  'link',
  'linkify',
  'list',
  'newline',
]);

/**
 * Markdown, of a person or of an engine, as HTML that can stand on a page. Links go through the exit page of the reader's language.
 * One sanitiser for all doors, on top of a parser that knows no HTML.
 */
export function renderMarkdown(source: string, language: string): Html {
  return raw(rendered(`${language} ${source}`, () => clean(markdown.render(source), language)));
}

const rendered = rememberWords(HTML_BYTES);

function clean(html: string, language: string): string {
  return sanitize(html, {
    allowedTags: OWN_TAGS,
    allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    transformTags: {
      h1: 'h3',
      h2: 'h4',
      h5: 'h4',
      h6: 'h4',
      a: (_tag, attributes) => link(attributes['href'] ?? '', language),
    },
  });
}

/** A link that leads nowhere outside keeps its words: `span` is no tag of ours, so only they remain. */
function link(href: string, language: string): sanitize.Tag {
  if (/^mailto:/i.test(href)) return { tagName: 'a', attribs: { href, rel: REL } };
  if (!/^https?:\/\//i.test(href)) return { tagName: 'span', attribs: {} };
  return { tagName: 'a', attribs: { href: `/${language}/leave?to=${encodeURIComponent(href)}`, rel: REL } };
}

/** The first lines of a text for a card: words only, no marks. */
export function excerpt(source: string, max = CARD_CHARACTERS): string {
  const start = source.slice(0, max * 4);
  return excerpts(`${max} ${start}`, () => shorten(start, max));
}

const excerpts = rememberWords(EXCERPTS_BYTES);

function shorten(source: string, max: number): string {
  const plain = source
    .replace(/```[^`]*```|`/g, '')
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/^[ \t]*(?:[-*+>]|#{1,6}|\d{1,9}[.)])[ \t]+/gm, '')
    .replace(/[*_~]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain.length <= max) return plain;
  const cut = plain
    .slice(0, max)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), max / 2))}…`;
}
