const TAG = /<([a-z][a-z0-9-]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*\/?>/gi;
const ENDS = /<(\/?)([a-z][a-z0-9-]*)(?:\s+[^\s=>"/]+(?:="[^"]*")?)*\s*(\/?)>/gi;
const VOID = new Set(['br', 'hr', 'input', 'link', 'meta', 'source', 'wbr']);
const NEVER = new Set([
  'img',
  'iframe',
  'object',
  'embed',
  'base',
  'style',
  'math',
  'template',
  'video',
  'audio',
  'marquee',
]);
const RUNS = /^\s*(?:javascript|vbscript|data):/i;

/** What must not stand in a page of ours: code in it, elements we never write or never close, addresses that run, attributes without quotes. */
export function faultsIn(page: string): string[] {
  const faults = [...page.matchAll(TAG)].flatMap(([tag, name = '', attributes = '']) =>
    faultsOf(tag, name.toLowerCase(), attributes),
  );
  // Every "<" that is not text must begin or end an element, a comment or the document type.
  const rest = page.replaceAll(TAG, '').replaceAll(/<\/[a-z][a-z0-9-]*\s*>|<!doctype html>/gi, '');
  return rest.includes('<')
    ? [...faults, ...unclosedIn(page), `a stray "<": ${rest.slice(rest.indexOf('<'), rest.indexOf('<') + 60)}`]
    : [...faults, ...unclosedIn(page)];
}

/** Every element is closed by itself: the end of one that stays away lets it reach over the rest of the page. */
function unclosedIn(page: string): string[] {
  const open: string[] = [];
  for (const [tag, end, name = '', alone] of page.matchAll(ENDS)) {
    if (alone || VOID.has(name.toLowerCase())) continue;
    if (!end) open.push(name);
    else if (open.at(-1) === name) open.pop();
    else return [`${tag} closes nothing: ${open.at(-1)} is open`];
  }
  return open.map((name) => `${name} is never closed`);
}

function faultsOf(tag: string, name: string, attributes: string): string[] {
  const faults: string[] = [];
  if (NEVER.has(name)) faults.push(tag);
  if (name === 'script' && !/\ssrc="\/assets\//.test(attributes)) faults.push(tag);
  const names = attributes.replaceAll(/"[^"]*"/g, '""');
  if (/\s(?:on[a-z]+|style|srcdoc|http-equiv)(?:=|\s|$)/i.test(names)) faults.push(tag);
  for (const [, value = ''] of attributes.matchAll(/\s(?:href|src|action|formaction)="([^"]*)"/gi))
    if (RUNS.test(value)) faults.push(tag);
  return faults;
}
