import MarkdownIt from 'markdown-it';
import sanitize from 'sanitize-html';

import { raw, type Html } from '../../platform/html.ts';
import { remember } from '../../platform/remember.ts';

const OWN_TAGS = ['p', 'br', 'ul', 'ol', 'li', 'blockquote', 'strong', 'em', 'code', 'pre', 'a', 'h3', 'h4', 'hr'];
const REL = 'nofollow ugc noopener noreferrer';
/** Deeper lists and quotes than anybody reads cost time, not understanding. */
const NESTING = 20;
const CACHED = 2_000;
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
  return rendered(`${language} ${source}`);
}

const rendered = remember(CACHED, (key) => {
  const [language = ''] = key.split(' ', 1);
  return raw(clean(markdown.render(key.slice(language.length + 1)), language));
});

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
  return excerpts(`${max} ${source.slice(0, max * 4)}`);
}

const excerpts = remember(CACHED, (key) => {
  const [max = ''] = key.split(' ', 1);
  return shorten(key.slice(max.length + 1), Number(max));
});

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
