// @ts-check
import { tag } from './formats.js';

/**
 * The reader's own time beside that of an event, where their clocks differ: `<local-time data-from data-until data-zone data-words>`.
 * Drawn in a shadow root, so that a page which is brought up to date around it does not take it away.
 */
class LocalTime extends HTMLElement {
  static observedAttributes = ['data-from', 'data-until', 'data-zone'];

  connectedCallback() {
    this.show();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.show();
  }

  /** What it shows. @type {string | undefined} */
  shown;

  show() {
    const { from = '', until = '', zone = '', words = '' } = this.dataset;
    const shown = `${from} ${until} ${zone}`;
    if (shown === this.shown) return; // three attributes tell of one change
    this.shown = shown;
    const place = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const begins = new Date(from);
    if (!zone || offsetAt(begins, zone) === offsetAt(begins)) place.textContent = '';
    else place.textContent = `${words}: ${format().formatRange(begins, new Date(until))}`;
  }
}

// To make a format takes a phone some milliseconds, and a list of events has twenty of them in a few zones: each is made once.

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string} key @param {() => Intl.DateTimeFormat} make */
function once(key, make) {
  const known = formats.get(key) ?? make();
  formats.set(key, known);
  return known;
}

const format = () =>
  once(
    'reader',
    () =>
      new Intl.DateTimeFormat(tag, {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        hour: 'numeric',
        hourCycle: 'h23', // as the server writes it, also in English
        minute: '2-digit',
      }),
  );

/** Minutes before UTC; without a zone those of the reader. @param {Date} moment @param {string} [zone] */
function offsetAt(moment, zone) {
  if (!zone) return -moment.getTimezoneOffset();
  const clock = once(
    zone,
    () =>
      new Intl.DateTimeFormat('en', {
        ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
        ...{ hour: 'numeric', minute: 'numeric' },
      }),
  );
  const parts = Object.fromEntries(clock.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Math.round((Date.UTC(year, month - 1, day, hour, minute) - moment.getTime()) / 60_000);
}

customElements.define('local-time', LocalTime);
