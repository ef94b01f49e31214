import type { Context } from '../platform/http/context.ts';
import type { Settings } from '../platform/settings.ts';
import { queryOf } from '../site/requests.ts';
import type { View } from './texts.views.ts';

/** Which version a reader sees first: asked in the address, else chosen in their settings, else what the platform does. */
export function viewOf(ctx: Context, settings: Pick<Settings, 'showFirst'>): View {
  const asked = queryOf(ctx, 'view');
  if (asked === 'original' || asked === 'translation') return asked;
  return ctx.state.person?.showsFirst ?? settings.showFirst;
}
