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
  let out = '';
  let silent = 0;
  const lists: { isOrdered: boolean; number: number }[] = [];
  const links: string[] = [];
  let quotes = 0;
  const line = () => {
    out = `${out.trimEnd()}\n\n${'> '.repeat(Math.min(quotes, DEPTH))}`;
  };
  return {
    open(tag, attributes) {
      if (SILENT.has(tag)) silent++;
      if (silent > 0) return;
      if (tag === 'blockquote') quotes++;
      if (tag === 'ul' || tag === 'ol') lists.push({ isOrdered: tag === 'ol', number: 0 });
      if (BLOCKS.has(tag)) line();
      if (tag === 'br') out = `${out.trimEnd()}\n${'> '.repeat(Math.min(quotes, DEPTH))}`;
      if (tag === 'li') out = `${out.trimEnd()}${lists.at(-1)?.number === 0 ? '\n\n' : '\n'}${item(lists)}`;
      if (tag === 'a') {
        links.push(webAddress(attributes['href']));
        out += links.at(-1) ? '[' : '';
      }
      out += AROUND[tag] ?? '';
    },
    close(tag) {
      if (SILENT.has(tag)) return void (silent = Math.max(0, silent - 1));
      if (silent > 0) return;
      out += AROUND[tag] ?? '';
      if (tag === 'a') {
        const address = links.pop();
        out += address ? `](${address})` : '';
      }
      if (tag === 'ul' || tag === 'ol') lists.pop();
      if (tag === 'blockquote') quotes = Math.max(0, quotes - 1);
      if (BLOCKS.has(tag)) line();
    },
    say(text) {
      if (silent === 0) out += text.replaceAll(/\s+/g, ' ').replaceAll(MARKS, String.raw`\$&`);
    },
    text: () =>
      out
        .replaceAll(/^(?:> )+$/gm, '')
        .replaceAll(/\n{3,}/g, '\n\n')
        .trim(),
  };
}

function item(lists: { isOrdered: boolean; number: number }[]): string {
  const list = lists.at(-1);
  if (list) list.number++;
  return `${'  '.repeat(Math.min(lists.length - 1, DEPTH))}${list?.isOrdered ? `${list.number}. ` : '- '}`;
}

/** Addresses of the web alone, without what would end a link; nothing for all others. */
function webAddress(href = ''): string {
  const url = URL.parse(href);
  return url && /^https?:$/.test(url.protocol) ? url.href.replaceAll('(', '%28').replaceAll(')', '%29') : '';
}
