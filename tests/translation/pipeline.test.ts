import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut } from '../../translation/text/cut.ts';
import { protect } from '../../translation/text/protect.ts';
import { split } from '../../translation/text/split.ts';
import { type Answer, validate } from '../../translation/validate.ts';

const IDEA = `# Más **trenes** ##

Un párrafo con
dos líneas.

> Cita de Ana
> en dos líneas

1. Primero
   y más
   - [ ] dentro

| País | Ciudad |
|:---|---|
| España | Madrid |

\`\`\`js
const tren = 1;
\`\`\`

[web]: https://example.eu "título"

Final
===
`;

describe('Markdown is taken apart', () => {
  test('only words go out', () => {
    expect(split(IDEA).paragraphs).toEqual([
      'Más **trenes**',
      'Un párrafo con\ndos líneas.',
      'Cita de Ana\nen dos líneas',
      'Primero\ny más',
      '[ ] dentro',
      'País',
      'Ciudad',
      'España',
      'Madrid',
      'Final',
    ]);
  });

  test('markers stay where they were', () => {
    const parts = split(IDEA);
    const joined = parts.join(parts.paragraphs.map((text) => text.toUpperCase()));
    expect(joined).toContain('# MÁS **TRENES** ##\n');
    expect(joined).toContain('> CITA DE ANA\n> EN DOS LÍNEAS\n');
    expect(joined).toContain('1. PRIMERO\n   Y MÁS\n   - [ ] DENTRO\n');
    expect(joined).toContain('| PAÍS | CIUDAD |\n|:---|---|\n| ESPAÑA | MADRID |\n');
    expect(joined).toContain('const tren = 1;');
    expect(joined).toContain('[web]: https://example.eu "título"');
  });

  test('lines that an engine joined or added stay inside their paragraph', () => {
    const parts = split('> uno\n> dos\n\ntres');
    expect(parts.join(['one two', 'three'])).toBe('> one two\n> \n\nthree');
    expect(parts.join(['one\ntwo\nmore', 'three'])).toBe('> one\n> two more\n\nthree');
  });

  test('put together untranslated, any text is what it was', () => {
    const line = fc.constantFrom(
      '- a',
      '> b',
      '# c #',
      '    d',
      '\te',
      '| f | g\\|h |',
      '|-|-|',
      '```',
      '1) i',
      '',
      '  ',
      '* * *',
      'j\\',
      'k  ',
      '[l]: m',
      '[^n]: o',
      '~~~',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(line, fc.string())).map((lines) => lines.join('\n')),
    );
    fc.assert(
      fc.property(text, (source) => {
        const parts = split(source);
        expect(parts.join(parts.paragraphs)).toBe(source);
      }),
    );
  });

  test('cut in pieces, a text is still the whole text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 2, max: 50 }), (text, longest) => {
        const pieces = cut(text, longest);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(longest);
      }),
    );
    expect(cut('Hola. ¿Qué tal? Muy bien.', 20)).toEqual(['Hola. ¿Qué tal? ', 'Muy bien.']);
  });
});

describe('what is not language is hidden', () => {
  test.each([
    ['Usa `npm run demo` ya', 'Usa XQ0QX ya'],
    ['Vea https://europa.eu/a_(b)?c=d#e.', 'Vea XQ0QX.'],
    ['[La página](https://x.eu "t") y [otra][web]', '[La página]XQ0QX y [otra]XQ1QX'],
    ['Escriba a ana.lopez@example.eu, por favor', 'Escriba a XQ0QX, por favor'],
    ['Hola @ana y @luis@otro.example: #TrenesYa!', 'Hola XQ0QX y XQ1QX: XQ2QX!'],
    ['<https://x.eu> &amp; <ana@x.eu>', 'XQ0QX XQ1QX XQ2QX'],
    ['El código XQ0QX no es nuestro', 'El código XQ0QX no es nuestro'],
    ['**Más** _trenes_ y 3 < 4', '**Más** _trenes_ y 3 < 4'],
    ['C# y el n.º #1', 'C# y el n.º XQ0QX'],
    ['Trenes[^1] y camas [^2].', 'Trenes XQ0QX y camas XQ1QX.'],
  ])('%s', (text, shown) => {
    const hidden = protect(text);
    expect(hidden.text).toBe(shown);
    expect(hidden.restore(hidden.text)).toBe(text);
  });

  test('and comes back in any order', () => {
    const { restore } = protect('Usa `uno` XQ7QX y `dos`');
    expect(restore('XQ2QX and XQ1QX use XQ0QX')).toBe('`dos` and XQ7QX use `uno`');
  });
});

describe('an answer is refused when it', () => {
  const long = 'Debemos invertir más en energías renovables y en el transporte público.';
  const good: Answer = { source: 'es', target: 'en', sent: long, received: 'We must invest more in renewables.' };

  test('has none of the faults below: not', () => {
    expect(() => validate(good)).not.toThrow();
  });

  test.each<[fault: string, answer: Partial<Answer>]>([
    ['is empty', { received: ' \n' }],
    ['lost a placeholder', { sent: 'Usa XQ0QX', received: 'Use it' }],
    ['doubled a placeholder', { sent: 'Usa XQ0QX', received: 'Use XQ0QX XQ0QX' }],
    ['invented a placeholder', { sent: 'Usa', received: 'Use XQ0QX' }],
    ['is too short', { received: 'We must.' }],
    ['is too long', { received: 'We must invest. '.repeat(20) }],
    ['says a word again and again', { sent: 'Sí', received: 'yes Yes yes, yes' }],
    ['says four words again and again', { received: 'a b c d '.repeat(4) }],
    ['brings a tag', { sent: 'Hola', received: '<script>alert(1)</script>' }],
    ['brings a link', { sent: 'Hola', received: '[Hello](//bad.example)' }],
    ['brings an address', { sent: 'Hola', received: 'Hello, see http://bad.example' }],
    ['brings a line', { sent: 'Hola', received: 'Hello\n# Heading' }],
    ['F80: brings an address to write to', { sent: 'Hola', received: 'Hello, write to mailto:bad' }],
    ['F80: brings a mailbox', { sent: 'Hola', received: 'Hello bad@bad.example' }],
    ['F80: brings a heading', { sent: 'Hola', received: '# Hello' }],
    ['F80: brings an entry of a list', { sent: 'Hola', received: '1. Hello' }],
    ['F80: brings bold letters', { sent: 'Hola', received: '**Hello**' }],
    ['F80: turns words round', { sent: 'Hola', received: '\u202EHello' }],
    ['F80: hides a letter', { sent: 'Hola', received: 'Hel\u200Blo' }],
    ['contains a control character', { sent: 'Hola', received: 'Hel\u0007lo' }],
    ['is in another script', { target: 'el', received: 'This is certainly not Greek at all.' }],
    ['is still Spanish', { received: long }],
  ])('%s', (_, change) => {
    expect(() => validate({ ...good, ...change })).toThrow(expect.objectContaining({ kind: 'bad_output' }));
  });

  test.each<[matter: string, answer: Partial<Answer>]>([
    ['repetition of the author', { sent: 'no no no no', received: 'no no no no' }],
    [
      'names that stay the same',
      {
        sent: 'Ursula von der Leyen, Roberta Metsola, António Costa',
        received: 'Ursula von der Leyen, Roberta Metsola, António Costa',
      },
    ],
    ['Bulgarian for Bulgarians', { target: 'bg', received: 'Трябва да инвестираме повече в енергия.' }],
    ['Japanese in its three scripts', { target: 'ja', received: '再生可能エネルギーにもっと投資しなければならない' }],
    ['a sign the author wrote', { sent: '3 < 4', received: '3 < 4' }],
    ['emphasis the author gave', { sent: '**Hola**, _todos_', received: '**Hello**, _all_' }],
    ['a heading the author wrote', { sent: '## Hola', received: '## Hello' }],
    ['a date at the beginning', { sent: '3 de octubre', received: '3 October' }],
  ])('but not for %s', (_, change) => {
    expect(() => validate({ ...good, ...change })).not.toThrow();
  });
});
