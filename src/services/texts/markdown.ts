import MarkdownIt, { type MarkdownIt as Parser, type Token } from 'markdown-it';
import sanitize from 'sanitize-html';

import { hasTooManyCells } from '#translation/text/tables.ts';
import { raw, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { rememberWords } from '../../platform/remember.ts';
import { inPlace, showFootnotes } from './footnotes.ts';
import { keepOutsideLinks, keepProducts, keepWrittenNumbers } from './markdown-rules.ts';
import { showTables } from './tables.ts';

const TABLE_TAGS = ['div', 'table', 'thead', 'tbody', 'tr', 'th', 'td'];
const OWN_TAGS = [
  ...['p', 'br', 'ul', 'ol', 'li', 'blockquote', 'strong', 'em', 'code', 'pre', 'a', 'h3', 'h4', 'hr'],
  ...['sup', 'section', ...TABLE_TAGS],
];
const OWN_ATTRIBUTES = {
  a: ['href', 'rel', 'data-to', 'id', 'role', 'aria-label'],
  ol: ['start'],
  pre: ['tabindex'],
  li: ['id'],
  section: ['class'],
  div: ['class', 'tabindex'],
  th: ['scope', 'class'],
  td: ['class'],
};
const SCHEMES = ['http', 'https', 'mailto'];
const LOWER_HEADINGS = { h1: 'h3', h2: 'h4', h5: 'h4', h6: 'h4' };
const REL = 'nofollow ugc noopener noreferrer';
/** Deeper lists and quotes than anybody reads cost time, not understanding. */
const NESTING = 20;
/** A text of 1,000 letters and its HTML take 5 KB: the last 3,000 that were shown, and as many beginnings on cards. */
const HTML_BYTES = 16_000_000;
const EXCERPTS_BYTES = 8_000_000;
const CARD_CHARACTERS = 240;
/** An excerpt is made of so many times its length: the rest is marks and addresses of links. */
const MARKS = 4;

const RULES = [
  ...['autolink', 'backticks', 'blockquote', 'emphasis', 'entity', 'escape', 'fence', 'heading'],
  ...['hr', 'lheading', 'link', 'linkify', 'list', 'newline'],
];

function createParser({ tables }: { tables: boolean }): Parser {
  const markdown = new MarkdownIt('zero', { html: false, linkify: true, breaks: true, maxNesting: NESTING });
  markdown.enable(RULES);
  if (tables) showTables(markdown);
  showFootnotes(markdown);
  markdown.inline.ruler.before('emphasis', 'products', keepProducts);
  markdown.core.ruler.after('block', 'written-numbers', keepWrittenNumbers);
  markdown.core.ruler.push('outside-links', keepOutsideLinks);
  return markdown;
}

const withTables = createParser({ tables: true });
const withoutTables = createParser({ tables: false });
const parserFor = (source: string): Parser => (hasTooManyCells(source) ? withoutTables : withTables);

interface Page {
  t: T;
  /** Unlike that of any other text on the page: begins the ids of its footnotes. */
  place: string;
}

/**
 * Markdown, of a person or of an engine, as HTML that can stand on a page. Links go through the exit page of the reader's language.
 * One sanitiser for all doors, on top of a parser that knows no HTML.
 */
export function renderMarkdown(source: string, { t, place }: Page): Html {
  const make = () => clean(parserFor(source).render(source, { back: t('texts:footnoteBack') }), t.language);
  return raw(inPlace(rendered(`${t.language} ${source}`, make), place));
}

const rendered = rememberWords(HTML_BYTES);

function clean(html: string, language: string): string {
  return sanitize(html, {
    allowedTags: OWN_TAGS,
    allowedAttributes: OWN_ATTRIBUTES,
    allowedSchemes: SCHEMES,
    transformTags: {
      ...LOWER_HEADINGS,
      // It scrolls, also by keyboard.
      pre: () => ({ tagName: 'pre', attribs: { tabindex: '0' } }),
      a: (_tag, attributes) => link(attributes, language),
    },
  });
}

/** Markdown as plain HTML for other servers, which put it on pages of their own: links lead where they say. */
export function publishMarkdown(source: string): string {
  const words = parserFor(source).render(source, { back: '↩' });
  return sanitize(words, {
    allowedTags: OWN_TAGS.filter((tag) => tag !== 'section' && tag !== 'div'),
    allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
    allowedSchemes: SCHEMES,
    transformTags: { ...LOWER_HEADINGS, a: sanitize.simpleTransform('a', { rel: REL }) },
  }).trim();
}

function link(attributes: sanitize.Attributes, language: string): sanitize.Tag {
  const { href = '' } = attributes;
  // Only our own lead to a place on the page: from a footnote and back.
  if (href.startsWith('#')) return { tagName: 'a', attribs: attributes };
  if (/^mailto:/i.test(href)) return { tagName: 'a', attribs: { href, rel: REL } };
  return {
    tagName: 'a',
    attribs: { href: `/${language}/leave?to=${encodeURIComponent(href)}`, rel: REL, 'data-to': href },
  };
}

/** The first words of a text for a card, as its page says them, without marks; `max` letters or a little fewer. */
export function excerpt(source: string, max = CARD_CHARACTERS): string {
  const start = source.slice(0, max * MARKS);
  const isCut = start.length < source.length;
  return excerpts(`${max} ${isCut} ${start}`, () => shorten(start, { max, isCut }));
}

const excerpts = rememberWords(EXCERPTS_BYTES);

const HALF_LINK = /\[([^[\]]*)\]\([^\s()]*$/;
/** Where a text is cut, what a note says is not there. */
const NOTE = /\[\^[^\s[\]]{1,40}\]/g;

/** `isCut` when the text goes on after `source`, perhaps from the middle of a link or of an emoji. */
function shorten(source: string, { max, isCut }: { max: number; isCut: boolean }): string {
  const whole = isCut
    ? firstOf(source, source.length - 1)
        .replace(HALF_LINK, '$1')
        .replace(NOTE, '')
    : source;
  const words = wordsOf(parserFor(whole).parse(whole, {}));
  if (words.length <= max && !isCut) return words;
  const cut = firstOf(words, max);
  const lastSpace = cut.lastIndexOf(' ');
  return `${lastSpace > max / 2 ? cut.slice(0, lastSpace) : cut}…`;
}

function wordsOf(tokens: readonly Token[]): string {
  return tokens.map(sayingOf).join('').replace(/\s+/g, ' ').trim();
}

/** Text and code say what they hold, items of numbered lists their number; blocks and new lines keep words apart. */
function sayingOf({ type, content, children, info, markup, block }: Token): string {
  if (children) return children.map(sayingOf).join('');
  if (type === 'list_item_open' && info) return ` ${info}${markup} `;
  const isApart = block || type === 'softbreak' || type === 'hardbreak';
  return isApart ? ` ${content} ` : content;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** At most `max` units of UTF-16, and never half of what readers see as one letter: a flag, a family. */
function firstOf(text: string, max: number): string {
  return text.slice(0, graphemes.segment(text).containing(max)?.index ?? max);
}
