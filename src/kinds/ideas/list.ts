import { UNDETERMINED } from '#translation/languages.ts';
import type { Context } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { House } from '../../services/house/house.ts';
import type { Panel } from '../../services/house/kinds.ts';
import type { CountedSpace } from '../../services/house/spaces.ts';
import { knownOf, pageOf, queryOf } from '../../services/site/requests.ts';
import { wishable } from '../../services/texts/texts.reads.ts';
import { wishForReader } from '../../services/texts/translations.ts';
import { showingOf } from '../../services/texts/view.ts';
import { listIdeas } from './ideas.reads.ts';
import { listSection, PAGE_SIZE, type IdeaList } from './list.views.ts';

/** Deeper pages are for machines, and they have the API. */
const LAST_PAGE = 1_000;

/** The ideas of a space, on its page. */
export function createListPanel(house: House): Panel {
  return {
    for: 'idea',
    async render(ctx, { id }) {
      const list = await readList(ctx, house, id);
      return { html: listSection(list, showingOf(ctx, house.settings)), standsOn: ['lists'] };
    },
  };
}

/** The page of ideas an address asks for, of one space or of all. Throws 404 past the last page. */
export async function readList(ctx: Context, house: House, spaceId: string | null): Promise<IdeaList> {
  const { em, person, reader, language } = ctx.state;
  const { languages, settings } = house;
  const spaces = await house.spacesIn(language);
  const space = spaces.find(({ id }) => id === spaceId) ?? null;
  const filter = {
    space:
      space?.slug ??
      knownOf(
        ctx,
        'space',
        spaces.map(({ slug }) => slug),
      ),
    language: knownOf(ctx, 'language', [...languages.all, UNDETERMINED]),
  };
  const page = pageOf(queryOf(ctx, 'page'), LAST_PAGE);
  const before = (page - 1) * PAGE_SIZE;
  const chosen = spaces.find(({ slug }) => slug === filter.space);
  const where = { spaceId: chosen?.id, language: filter.language ?? undefined };
  const ideas = await listIdeas(em, where, { limit: PAGE_SIZE, offset: before }, reader);
  if (ideas.length === 0 && page > 1) throw notFound();
  if (person) await wishForReader(em, languages, language, wishable(ideas.map(({ text }) => text)));
  const { view, isAsked } = showingOf(ctx, settings);
  const seen = before + ideas.length;
  const total = ideas.length < PAGE_SIZE ? seen : Math.max(seen, totalOf(chosen ? [chosen] : spaces, filter.language));
  return {
    ...{ ideas, total, page, space, spaces, filter, view: isAsked ? view : null },
    ...{ languages: languages.all, timeZone: settings.timeZone },
  };
}

/** As many as the index of spaces knows of; it may be younger or older than the list by a moment. */
function totalOf(spaces: readonly CountedSpace[], language: string | null): number {
  return spaces.reduce((sum, { counts, ideasIn }) => sum + (language ? (ideasIn[language] ?? 0) : counts.ideas), 0);
}
