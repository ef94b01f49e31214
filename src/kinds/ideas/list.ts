import type { Context } from '../../platform/http/context.ts';
import { languageFilter, PAGE_SIZE, readListed, spaceFilter } from '../../services/contributions/list.ts';
import type { House } from '../../services/house/house.ts';
import type { Panel } from '../../services/house/kinds.ts';
import type { CountedSpace } from '../../services/house/spaces.ts';
import { hrefOf, shownBy } from '../../services/site/lists.views.ts';
import { showingOf } from '../../services/texts/view.ts';
import { listIdeas } from './ideas.reads.ts';
import { listSection, type IdeaList } from './list.views.ts';

/** The ideas of a space, on its page. */
export function createListPanel(house: House): Panel {
  return {
    for: 'idea',
    async render(ctx, { id }) {
      const list = await readList(ctx, house, id);
      const html = listSection(list, showingOf(ctx, house.settings));
      return { html, standsOn: ['lists'], canonical: hrefOf(list, { view: null }) };
    },
  };
}

/** The page of ideas an address asks for, of one space or of all. Throws 404 past the last page. */
export async function readList(ctx: Context, house: House, spaceId: string | null): Promise<IdeaList> {
  const { em, reader, language } = ctx.state;
  const { languages, settings } = house;
  const spaces = await house.spacesIn(reader.language, language);
  const space = spaces.find(({ id }) => id === spaceId) ?? null;
  const bySpace = spaceFilter(ctx, spaces);
  const byLanguage = languageFilter(ctx, 'contributions:originalLanguage', languages.all);
  const chosen = space ?? spaces.find(({ slug }) => slug === bySpace.chosen);
  const where = { spaceId: chosen?.id, language: byLanguage.chosen ?? undefined };
  const listed = await readListed(ctx, house, (slice) => listIdeas(em, where, slice, reader));
  const seen = listed.before + listed.items.length;
  const known = totalOf(chosen ? [chosen] : spaces, shownBy(byLanguage));
  const total = listed.hasMore ? Math.max(seen + 1, known) : seen;
  return {
    ...{ ...listed, space, spaces, language: byLanguage.chosen },
    path: space ? `/${language}/spaces/${space.slug}` : `/${language}/ideas`,
    filters: space ? [byLanguage] : [bySpace, byLanguage],
    rooms: (chosen ? [chosen] : spaces).map(({ slug }) => `space:${slug}`),
    ...{ total, last: Math.ceil(total / PAGE_SIZE), timeZone: settings.timeZone },
  };
}

/** As many as the index of spaces knows of; it may be younger or older than the list by a moment. */
function totalOf(spaces: readonly CountedSpace[], language: string): number {
  return spaces.reduce((sum, { counts, ideasIn }) => sum + (language ? (ideasIn[language] ?? 0) : counts.ideas), 0);
}
