import { expect, test } from 'vitest';

import { startPolyphony } from '../support/polyphony.ts';
import { hasChromium, openChromium, openWindow } from './chromium.ts';

/** What the protocol allows of one file. */
const ADDRESSES = 50_000;
const BYTES = 50_000_000;

test.skipIf(!hasChromium)('a parser of XML reads the index of sitemaps and every part of one language', async () => {
  const polyphony = await startPolyphony();
  const browser = await openChromium();
  try {
    const maria = await polyphony.person('María', { language: 'es' });
    const idea = { title: 'Trenes & «más» <b>', body: 'Unen ciudades.', language: 'es' };
    await maria.api('POST', '/spaces/climate/ideas', idea);
    const page = await (await openWindow(browser, polyphony, null)).newPage();
    await page.goto('/robots.txt');
    const read = (address: string) =>
      page.evaluate(async (from) => {
        const xml = await (await fetch(from)).text();
        const { documentElement: root } = new DOMParser().parseFromString(xml, 'application/xml');
        const locations = [...root.querySelectorAll(':scope > * > loc')].map(({ textContent }) => textContent);
        return { name: root.localName, space: root.namespaceURI, bytes: xml.length, locations };
      }, address);
    const index = await read('/sitemap.xml');
    const space = 'http://www.sitemaps.org/schemas/sitemap/0.9';
    expect(index).toMatchObject({ name: 'sitemapindex', space });
    const croatian = index.locations.filter((address) => address.includes('/hr/'));
    expect(croatian).toHaveLength(2);
    for (const part of croatian) {
      const { locations, bytes, ...root } = await read(part);
      expect(root).toEqual({ name: 'urlset', space });
      for (const address of locations) expect(address).toMatch(new RegExp(`^${polyphony.url}/hr(?:/|$)`));
      expect(locations.length).toBeLessThan(ADDRESSES);
      expect(bytes).toBeLessThan(BYTES);
    }
  } finally {
    await browser.close();
    await polyphony.stop();
  }
});
