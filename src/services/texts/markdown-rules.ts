import type { StateCore, StateInline, Token } from 'markdown-it';

const PRODUCT = /(?<=\d)\*+(?=\d)/y;

/** `2*3*4`: between digits a star multiplies. */
export function keepProducts(state: StateInline, silent: boolean): boolean {
  PRODUCT.lastIndex = state.pos;
  const [stars] = PRODUCT.exec(state.src) ?? [];
  if (!stars) return false;
  if (!silent) state.pending += stars;
  state.pos += stars.length;
  return true;
}

/** Addresses that lead outside; one that begins with `www.` is meant so. */
const OUTSIDE = /^(?:https?:\/\/|mailto:)/i;
const BARE = /^www\./i;

/** A link that leads nowhere outside keeps its words, and both its ends go: half of one would change the rest of the page. */
export function keepOutsideLinks({ tokens }: StateCore): void {
  for (const token of tokens) if (token.children) token.children = withoutInside(token.children);
}

function withoutInside(children: readonly Token[]): Token[] {
  const kept: boolean[] = [];
  return children.filter((token) => {
    if (token.type === 'link_open') kept.push(leadsOutside(token));
    if (token.type === 'link_open') return kept.at(-1);
    return token.type === 'link_close' ? kept.pop() : true;
  });
}

function leadsOutside(link: Token): boolean {
  const href = String(link.attrGet('href') ?? '');
  if (BARE.test(href)) link.attrSet('href', `https://${href}`);
  return OUTSIDE.test(href) || BARE.test(href);
}

interface Item {
  open: Token;
  inside: Token[];
  close: Token;
}

/**
 * People write dates and ordinals at the beginning of a line: "2026. március", "3. Oktober", "17. 05. 2016". Only numbers that begin with 0
 * or 1 and go up by one, two at least, make a list; all others stay the words they are, so that readers see the numbers that were written.
 */
export function keepWrittenNumbers(state: StateCore): void {
  state.tokens = withWrittenNumbers(state.tokens, state);
}

function withWrittenNumbers(tokens: readonly Token[], state: StateCore): Token[] {
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) break;
    if (token.type !== 'ordered_list_open') {
      out.push(token);
      continue;
    }
    const end = endOf(tokens, at);
    const inside = withWrittenNumbers(tokens.slice(at + 1, end), state);
    out.push(...numbered(token, itemsIn(inside), tokens[end], state));
    at = end;
  }
  return out;
}

/** Where the element that opens at `from` closes. */
function endOf(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    depth += tokens[at]?.nesting ?? 0;
    if (depth === 0) return at;
  }
  return tokens.length - 1;
}

function itemsIn(tokens: readonly Token[]): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [open, end] = [tokens[at], endOf(tokens, at)];
    const close = tokens[end];
    if (open && close) items.push({ open, inside: tokens.slice(at + 1, end), close });
    at = end;
  }
  return items;
}

/** The items as lists where they count, and as words where they do not. */
function numbered(list: Token, items: readonly Item[], close: Token | undefined, state: StateCore): Token[] {
  if (!close) return [];
  const out: Token[] = [];
  for (let at = 0; at < items.length;) {
    const run = runAt(items, at);
    const rest = items.slice(at, at + Math.max(run, 1));
    if (run >= 2)
      out.push(listFrom(list, rest[0]), ...rest.flatMap((item) => [item.open, ...item.inside, item.close]), close);
    else out.push(...rest.flatMap((item) => words(item, state)));
    at += rest.length;
  }
  return out;
}

/** The beginning of a list that counts from its first item on. */
function listFrom(list: Token, first: Item | undefined): Token {
  const start = first?.open.info ?? '1';
  return Object.assign(Object.create(Object.getPrototypeOf(list)), list, {
    attrs: Number(start) === 1 ? null : [['start', start]],
  });
}

/** How many items from here on count up from 0 or 1. */
function runAt(items: readonly Item[], from: number): number {
  const first = Number(items[from]?.open.info);
  if (first > 1) return 0;
  let length = 1;
  while (items[from + length] && Number(items[from + length]?.open.info) === first + length) length++;
  return length;
}

/** The words of an item with its number before them, as they were written. */
function words({ open, inside }: Item, state: StateCore): Token[] {
  const number = `${open.info}${open.markup}`;
  const [paragraph, inline] = inside;
  if (paragraph?.type === 'paragraph_open' && inline?.type === 'inline') {
    inline.content = `${number} ${inline.content}`;
    for (const token of inside) if (token.type.startsWith('paragraph_')) token.hidden = false;
    return inside;
  }
  const alone = new state.Token('inline', '', 0);
  Object.assign(alone, { content: number, children: [], block: true, map: open.map, level: open.level });
  return [new state.Token('paragraph_open', 'p', 1), alone, new state.Token('paragraph_close', 'p', -1), ...inside];
}
