import { Parser } from 'htmlparser2';

// What other servers send is HTML. Texts are stored as Markdown, which no page shows as HTML without the one sanitiser.

const DEPTH = 30;
const BLOCKS = new Set([
  'p',
  'div',
  'section',
  'article',
  'table',
  'tr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'pre',
  'blockquote',
  'hr',
]);
const LISTS = new Set(['ul', 'ol']);
const SILENT = new Set([
  'script',
  'style',
  'template',
  'iframe',
  'object',
  'svg',
  'math',
  'title',
  'head',
  'textarea',
  'select',
]);
const AROUND: Readonly<Record<string, string>> = { strong: '**', b: '**', em: '*', i: '*', code: '`' };
/** What Markdown would take for marks. */
const MARKS = /[\\`*_[\]<>#|~]/g;

/** The words of a piece of HTML as Markdown: paragraphs, lists, quotes, emphasis and links that lead to the web; everything else is its text. */
export function markdownOf(html: string): string {
  const writer = createWriter();
  const parser = new Parser(
    { onopentag: writer.open, onclosetag: writer.close, ontext: writer.say },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.end(html);
  return writer.text();
}

interface Writer {
  open(tag: string, attributes: Readonly<Record<string, string>>): void;
  close(tag: string): void;
  say(text: string): void;
  text(): string;
}

function createWriter(): Writer {
  // In pieces: to look at the whole for each tag would take the square of its length.
  const out: string[] = [];
  const lists: List[] = [];
  const links: string[] = [];
  let silent = 0;
  let quotes = 0;
  /** Lines that end before the next word. */
  let gap = 0;
  let before = '';
  const line = (lines: number) => void (gap = Math.max(gap, out.length > 0 ? lines : 0));
  const put = (piece: string) => {
    if (piece === '') return;
    if (gap > 0) out.push(`${(out.pop() ?? '').trimEnd()}${'\n'.repeat(gap)}${'> '.repeat(Math.min(quotes, DEPTH))}`);
    else if (out.length === 0) out.push('> '.repeat(Math.min(quotes, DEPTH)));
    out.push(before, piece);
    gap = 0;
    before = '';
  };
  return {
    open(tag, attributes) {
      if (SILENT.has(tag)) silent++;
      if (silent > 0) return;
      if (tag === 'blockquote') quotes++;
      if (LISTS.has(tag)) lists.push({ isOrdered: tag === 'ol', number: 0 });
      if (BLOCKS.has(tag)) line(2);
      if (tag === 'br') line(1);
      if (tag === 'li') {
        line(lists.at(-1)?.number === 0 ? 2 : 1);
        before = item(lists);
      }
      if (tag === 'a') links.push(webAddress(attributes['href']));
      put(tag === 'a' && links.at(-1) ? '[' : (AROUND[tag] ?? ''));
    },
    close(tag) {
      if (SILENT.has(tag)) silent = Math.max(0, silent - 1);
      else if (silent === 0) {
        const address = tag === 'a' ? links.pop() : '';
        put(address ? `](${address})` : (AROUND[tag] ?? ''));
        if (LISTS.has(tag)) lists.pop();
        if (tag === 'blockquote') quotes = Math.max(0, quotes - 1);
        if (BLOCKS.has(tag)) line(2);
      }
    },
    say(text) {
      const words = text.replaceAll(/\s+/g, ' ');
      if (silent > 0) return;
      put((gap > 0 || out.length === 0 ? words.trimStart() : words).replaceAll(MARKS, String.raw`\$&`));
    },
    text: () => out.join('').trim(),
  };
}

interface List {
  isOrdered: boolean;
  number: number;
}

function item(lists: readonly List[]): string {
  const list = lists.at(-1);
  if (list) list.number++;
  return `${'  '.repeat(Math.min(Math.max(lists.length - 1, 0), DEPTH))}${list?.isOrdered ? `${list.number}. ` : '- '}`;
}

/** Addresses of the web alone, without what would end a link; nothing for all others. */
function webAddress(href = ''): string {
  const url = URL.parse(href);
  return url && /^https?:$/.test(url.protocol) ? url.href.replaceAll('(', '%28').replaceAll(')', '%29') : '';
}
