import type { Context } from '../../platform/http/context.ts';
import type { Settings } from '../../platform/settings.ts';
import { queryOf } from '../site/requests.ts';
import { withQuery } from '../site/addresses.ts';
import type { Preference } from '../../platform/reader.ts';
import type { Showing } from './showing.views.ts';

/** Which version a reader sees first: asked in the address, else chosen in their settings, else what the platform does. */
export function viewOf(ctx: Context, settings: Pick<Settings, 'showFirst'>): Preference {
  const { person } = ctx.state;
  const asked = queryOf(ctx, 'view');
  const remembers = person !== null;
  if (asked === 'original' || asked === 'translation') return { view: asked, isAsked: true, remembers };
  return { view: person?.showsFirst ?? settings.showFirst, remembers };
}

/** How this reader meets the texts of this page. Their way back to it keeps what its address says, but for the view. */
export function showingOf(ctx: Context, settings: Pick<Settings, 'showFirst'>): Showing {
  const { t, reader } = ctx.state;
  return { t, into: reader.language, ...viewOf(ctx, settings), path: withQuery(ctx.url, { view: null, posted: null }) };
}
