import type { Context } from '../../platform/http/context.ts';
import type { SpaceIndex } from '../../kinds/spaces/spaces.index.ts';
import type { ShownSpace } from './backfill.views.ts';
import type { Done } from './translation.views.ts';

/** The spaces as a reader of this language knows them. */
export async function shownSpaces(spacesIn: SpaceIndex, language: string): Promise<ShownSpace[]> {
  const spaces = await spacesIn(language);
  return spaces.map((space) => ({ id: space.id, slug: space.slug, title: space.title, language: space.language }));
}

/** Back to the page, at the part that shows what was done. */
export function finish(ctx: Context, done: Done, part: string): void {
  ctx.redirect(`/${ctx.state.language}/admin/translation?done=${done}#${part}`);
  ctx.status = 303;
}
