import { seeOther } from '../../services/site/requests.ts';
import type { Context } from '../../platform/http/context.ts';
import type { Done } from './translation.views.ts';

/** Back to the page, at the part that shows what was done. */
export function finish(ctx: Context, done: Done, part: string): void {
  seeOther(ctx, `/${ctx.state.language}/admin/translation?done=${done}#${part}`);
}
