import { html, type Html } from '../../platform/html.ts';

/** The name of a server, a handle or an address: in no language, and from left to right everywhere. */
export const machineName = (name: string): Html => html`<bdi dir="ltr"><code class="machine-name">${name}</code></bdi>`;
