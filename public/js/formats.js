// @ts-check
// Numbers and dates as the server writes them: src/platform/formats.ts says how, here is the other half of it.

/** How the language of the page writes numbers and dates. */
export const tag = document.documentElement.dataset['format'] ?? document.documentElement.lang;

/** @type {Record<string, string>} */
const SIGNS = tag.startsWith('ar') ? { group: '٬', decimal: '٫' } : {};
const numbers = new Intl.NumberFormat(tag);

/** @param {number} value */
export const formatNumber = (value) =>
  numbers
    .formatToParts(value)
    .map(({ type, value: sign }) => SIGNS[type] ?? sign)
    .join('');
