import { describe, expect, test } from 'vitest';

import { html, raw } from '../../src/platform/html.ts';

/** As a careless template would have it: the types forbid it, a cast or a row of the database brings it along. */
// oxlint-disable-next-line typescript/no-explicit-any -- what the types keep out is what is tried here
const smuggled = (value: unknown): any => value;

describe('a piece of a page', () => {
  test('escapes what people write, in text and in attributes', () => {
    expect(html`<p title="${`"><script>`}">${`<b>Tom & 'Jerry'</b>`}</p>`.value).toBe(
      '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;Tom &amp; &#39;Jerry&#39;&lt;/b&gt;</p>',
    );
  });

  test('keeps what is HTML already, joins lists, and leaves out what is not there', () => {
    expect(
      html`<ul>${['<', '>'].map((each) => html`<li>${each}</li>`)}</ul>${null}${undefined}${false}${0}${raw('<hr>')}`
        .value,
    ).toBe('<ul><li>&lt;</li><li>&gt;</li></ul>0<hr>');
  });

  test.each([
    ['a promise', Promise.resolve('words')],
    ['an object', { toString: () => '<script>' }],
    ['a date', new Date(0)],
    ['a function', () => 'words'],
    ['a symbol', Symbol('words')],
    ['true', true],
    ['an object in a list', [{}]],
  ])('refuses %s', (_name, value) => {
    expect(() => html`<p>${smuggled(value)}</p>`).toThrow('Not something for a page');
  });

  test('refuses an attribute without quotes, where a space would begin another', () => {
    expect(() => html`<a href=${'/en'}>`).toThrow('without quotes');
    expect(() => html`<p class = ${'a onclick=alert(1)'}>`).toThrow('without quotes');
  });

  test.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    '//evil.example',
    '\\\\evil.example',
  ])('refuses %j as an address', (address) => {
    expect(() => html`<a href="${address}">`).toThrow('Not an address');
    expect(() => html`<form action="${address}">`).toThrow('Not an address');
    expect(() => html`<img alt="" src="${address}">`).toThrow('Not an address');
  });

  test.each([
    'https://europa.eu/?a=b&c',
    'http://localhost:3000',
    'mailto:ada@example.org',
    '/en/ideas',
    '#main',
    '?view=original',
    '',
  ])('takes %j as an address', (address) => {
    expect(html`<a href="${address}">`.value).toContain('href="');
  });

  test('looks at the whole address when it is put together from pieces', () => {
    expect(html`<a href="/${'en'}/ideas/${'1" onclick="x'}">`.value).toBe(
      '<a href="/en/ideas/1&quot; onclick=&quot;x">',
    );
  });
});
