import { sql } from 'kysely';

import { row } from '../../platform/db/database.ts';
import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import type { House } from '../../services/house/house.ts';
import type { Panel } from '../../services/house/kinds.ts';
import { icon } from '../../services/site/icon.ts';

/** On the page of a space: how it is followed from another server. */
export const followingPanel = ({ settings }: House): Panel => ({
  for: 'following',
  async render({ state: { em, t } }, subject) {
    const space = await row(em, sql<{ slug: string }>`select slug from space where subject_id = ${subject.id}`);
    const handle = `@${space?.slug}@${new URL(settings.publicUrl).host}`;
    return { html: explanation(handle, t), standsOn: [] };
  },
});

function explanation(handle: string, t: T): Html {
  return html`<details class="fold section">
    <summary>${t('federation:followTitle')}${icon('down')}</summary>
    <p>${t('federation:followLead')}</p>
    <p><bdi dir="ltr"><code>${handle}</code></bdi></p>
    <p class="hint">${t('federation:followPeople')}</p>
  </details>`;
}
