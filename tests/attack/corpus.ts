// What people who mean harm write into fields, by names. A request with one of these has at most 16 KB, unless the name says otherwise.

/** As long as an idea or a comment may be, with room for a few letters that make it another one. */
const TEXT = 4_990;
/** As long as a report may be. */
const REPORT = 9_990;
/** What fits into a request of 16 KB with everything around it. */
export const REQUEST = 15_000;

/** A pattern over and over, `length` units of UTF-16 in all. */
export const over = (pattern: string, length: number): string =>
  pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length);

/** Opened a hundred deep and more, and closed again. */
const nested = (open: string, close: string, length: number): string => {
  const times = Math.floor(length / (open.length + close.length));
  return `${open.repeat(times)}${close.repeat(times)}`;
};

const table = (length: number): string => over('|', 60) + '\n' + over('|-', 119) + '|\n' + over('|a', length - 200);

/** Marks of Markdown in the ways that cost careless parsers the square of their number. */
const MARKDOWN: Record<string, (length: number) => string> = {
  'brackets that open': (length) => over('[', length),
  'brackets in brackets': (length) => nested('[', ']', length),
  'links in links': (length) => nested('[a', '](b)', length),
  'links that never end': (length) => over('[a](', length),
  'links with titles that never end': (length) => over('[a](b "', length),
  'pictures in pictures': (length) => nested('![', '](x)', length),
  'references to nothing': (length) => over('[a][b]', length),
  'definitions of one reference': (length) => over('[a]: x\n', length),
  'emphasis that opens': (length) => over('*a _a ', length),
  'emphasis that closes': (length) => over('a** a__ ', length),
  'emphasis in emphasis': (length) => nested('*a **a ', 'a** a* ', length),
  'stars between digits': (length) => over('1*', length),
  'backticks of every length': (length) =>
    Array.from({ length: 150 }, (_, at) => `e${'`'.repeat(at)}`)
      .join('')
      .slice(0, length),
  'quotes in quotes': (length) => `${over('> ', length - 1)}a`,
  'lists in lists': (length) =>
    Array.from({ length: 90 }, (_, at) => `${' '.repeat(at * 2)}- a\n`)
      .join('')
      .slice(0, length),
  'numbers of lists': (length) => over('1. a\n2. b\n', length),
  'autolinks that never end': (length) => over('<http://a', length),
  'addresses in a row': (length) => over('a@b.', length),
  'bare addresses': (length) => over('http://a.b/(', length),
  'www without an end': (length) => over('www.', length),
  'entities that are none': (length) => over('&amp', length),
  escapes: (length) => over('\\', length),
  'comments that never end': (length) => over('<!--', length),
  'fences in fences': (length) => over('```\n~~~\n', length),
  'underlines of headings': (length) => over('a\n=\n', length),
  'cells of a table': table,
  'notes in notes': (length) => over('[^1]: [^1]\n\n', length),
  'notes that are asked for': (length) => `${over('[^a] ', length - 12)}\n\n[^a]: a`,
};

const SIGNS: Record<string, string> = {
  NUL: 'a\u0000b',
  'half of an emoji': 'a\uD83D',
  'the other half': '\uDE80a',
  'halves in the wrong order': '\uDE80\uD83D',
  'control characters': '\u0001\u0008\u001B[31m\u007F\u0085',
  'lines of every kind': 'a\r\nX-Attack: 1\rb\nX-Attack: 2\u2028c\u2029d',
  'directions turned round': '\u202Etxt.exe\u202D\u2066\u2067\u2068\u2069',
  'nothing to see': '\u200B\u2060\uFEFF\u00AD\u3164',
  'a letter under a thousand marks': `a${over('\u0301\u0316', 1_000)}`,
  'marks alone': over('\u0300\u0489', 140),
  'a family without end': over('👩\u200D', TEXT),
  'flags in halves': over('🇪', TEXT),
  'letters that grow when they are made small': over('İ', 140),
  'letters that grow when they are brought into one form': over('\uFDFA', 140),
  'Hangul in pieces': over('\u1112\u1161\u11AB', TEXT),
  'no characters': '\uFFFE\uFFFF\u{1FFFE}',
  'what stands for a broken byte': '\uFFFD',
};

const CODE: Record<string, string> = {
  'a script': '<script>alert(1)</script>',
  'the end of an attribute': '" autofocus onfocus="alert(1)" x="',
  'the end of an attribute in single quotes': "' autofocus onfocus='alert(1)' x='",
  'the end of a field': '</textarea></title></select><img src=x onerror=alert(1)>',
  'a link that runs': '[a](javascript:alert(1)) <javascript:alert(1)> javascript:alert(1)',
  'code of templates': '{{constructor.constructor("alert(1)")()}} ${alert(1)} <%= 1 %> $t(errors:internal) {{t}}',
  SQL: `'; drop table person; -- ' or '1'='1`,
  'patterns of SQL': over('%_\\', 140),
  'a cell of a sheet': `=cmd|'/C calc'!A0;@a;+1;-1`,
  'lines of a calendar': 'a\r\nEND:VEVENT\r\nATTACH:x',
  'a path': '../../../../etc/passwd',
  'another site': '//evil.example/%09/\\evil.example',
  'a name that every object has': '__proto__',
  'another one': 'constructor',
  'and one that calls': 'toString',
};

const NUMBERS: Record<string, string> = {
  'less than nothing': '-1',
  'more than a whole number may be': '2147483648',
  'more than a long one may be': '9223372036854775808',
  'more than there is': '1e999',
  'a number that is none': 'Infinity',
  'four hundred digits': over('9', 400),
  'a number of another base': '0x1F',
  'a little more than one': '1.0000000001',
  'digits of another script': '٣',
};

const MOMENTS: Record<string, string> = {
  'a day that no calendar has': '2031-02-30T18:00',
  'the last year of the database': '294277-01-01T00:00',
  'the last year of JavaScript': '+275760-09-13T00:00:00Z',
  'the year nought': '0000-01-01T00:00',
  'the year nought, in UTC': '0000-01-01T00:00:00Z',
  'the last moment before the year 10000': '9999-12-31T23:59:59.999999999999-23:59',
  'the twenty-fifth hour': '2031-01-01T25:00',
  'an offset of a hundred hours': '2031-01-01T00:00:00+99:99',
  'a moment of a database': 'infinity',
};

const PLACES: Record<string, string> = {
  'an address with NUL': 'https://a.example/\u0000',
  'an address with half of an emoji': 'https://a.example/\uD83D?\uDE80',
  'an address with lines': 'https://a.example/\r\nX-Attack: 1',
  'an address with marks': 'https://a.example/"><script>alert(1)</script>',
  'an address with a name before it': 'https://europa.eu:443@evil.example\\@europa.eu/',
  'an address of this machine': 'http://[::ffff:7f00:1]:5432/',
  'an address that turns round': 'https://a.example/\u202Egro.live',
  'a zone of another house': '../../etc/localtime',
  'a zone of hours': '+01:00',
  'a zone of many hours': '-23:59',
  'a zone in other letters': 'eUROPE/rOME',
  'a zone of its own rules': 'EST5EDT',
  'a zone with NUL': 'Europe/Rome\u0000',
  'an address of mail with another header': 'a@example.org\r\nBcc: b@example.org',
  'an address of mail of two people': 'a@example.org,b@example.org',
  'an address of mail in quotes': '"a\\"\u0000 b"@example.org',
  'an address of mail at this machine': 'a@[127.0.0.1]',
  'an address of mail in letters that join': `a\u0301${over('\u0301', 60)}@xn--${over('a', 59)}.example`,
};

const LENGTHS: Record<string, string> = {
  nothing: '',
  blanks: over(' ', REQUEST),
  'line ends': over('\n', REQUEST),
  'one word': over('a', REQUEST),
  'a megabyte of blanks': over(' ', 1_000_000),
};

const ofLength = (length: number): [string, string][] =>
  Object.entries(MARKDOWN).map(([name, make]) => [`${name}, ${length} of them`, make(length)]);

/** Values of fields. */
export const WORDS: Readonly<Record<string, string>> = {
  ...SIGNS,
  ...CODE,
  ...NUMBERS,
  ...MOMENTS,
  ...PLACES,
  ...LENGTHS,
};

/** For fields that take whole texts: as long as those may be, and longer. */
export const MARKED: Readonly<Record<string, string>> = Object.fromEntries(
  [TEXT, REPORT, REQUEST].flatMap((length) => ofLength(length)),
);

/** Values of fields of programs, as JSON writes them. */
export const VALUES: Readonly<Record<string, string>> = {
  nothing: 'null',
  yes: 'true',
  'a number': '7',
  'less than nothing': '-1',
  'minus nought': '-0',
  'a half': '0.5',
  'more than a whole number may be': '2147483648',
  'more than a long one may be': '9223372036854775808',
  'more than there is': '1e999',
  'a thousand digits': over('9', 1_000),
  'an object': '{"a":1}',
  'an object that says it is text': '{"length":3,"toString":"a","valueOf":"b","toJSON":"c"}',
  'an empty list': '[]',
  'a list of everything': '[null,true,1,"a",{},[]]',
  'a list of thousands': JSON.stringify(Array.from({ length: 3_700 }, () => 'a')),
  'a list of objects': JSON.stringify(Array.from({ length: 600 }, () => ({ title: 'a', body: 'b' }))),
  'lists in lists': nested('[', ']', REQUEST),
  'objects in objects': `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
  'a prototype': '{"__proto__":{"attacked":1},"constructor":{"prototype":{"attacked":1}}}',
};
