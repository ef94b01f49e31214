import type { Context } from '../../platform/http/context.ts';
import type { House } from '../house/house.ts';
import { seeOther } from '../site/requests.ts';

/** Leads somebody who has just signed in to where they were going, by way of what they were not asked yet. */
export async function leadOn(
  ctx: Context,
  { questions }: House,
  { personId, to }: { personId: string; to: string },
): Promise<void> {
  const { em, language } = ctx.state;
  for (const { path, isOpen } of questions)
    if (await isOpen(em, personId)) return seeOther(ctx, `/${language}${path}?to=${encodeURIComponent(to)}`);
  seeOther(ctx, to);
}
