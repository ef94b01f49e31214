// @ts-check

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
    this.show();
  }

  show() {
    const { from = '', until = '', zone = '', words = '' } = this.dataset;
    const place = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const begins = new Date(from);
    if (!zone || offsetAt(begins, zone) === offsetAt(begins)) place.textContent = '';
    else place.textContent = `${words}: ${format().formatRange(begins, new Date(until))}`;
  }
}

const format = () =>
  new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    hourCycle: 'h23', // as the server writes it, also in English
    minute: '2-digit',
  });

/** As "GMT+2"; without a zone that of the reader. @param {Date} moment @param {string} [zone] */
function offsetAt(moment, zone) {
  const parts = new Intl.DateTimeFormat('en', {
    timeZoneName: 'longOffset',
    ...(zone ? { timeZone: zone } : {}),
  }).formatToParts(moment);
  return parts.find(({ type }) => type === 'timeZoneName')?.value;
}

customElements.define('local-time', LocalTime);
