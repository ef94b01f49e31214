import { html } from '../../platform/html.ts';
import type { House } from '../../services/house/house.ts';
import type { Written } from '../../services/house/kinds.ts';
import { showingOf } from '../../services/texts/view.ts';
import { listIdeas } from './ideas.reads.ts';
import { ideaCard } from './ideas.views.ts';

const SHOWN = 50;

/** A person's ideas, for their page. */
export function ideasOf({ settings, spacesIn }: House): Written {
  return async (ctx, authorId) => {
    const { em, language, reader, t } = ctx.state;
    const ideas = await listIdeas(em, { authorId }, { limit: SHOWN }, reader);
    if (ideas.length === 0) return null;
    const spaces = await spacesIn(reader.language, language);
    const showing = showingOf(ctx, settings);
    const spaceOf = (spaceId: string) => spaces.find(({ id }) => id === spaceId) ?? null;
    return html`<div class="section section-head"><h2>${t('site:nav.ideas')}</h2></div>
      ${ideas.map((idea) => ideaCard(idea, spaceOf(idea.spaceId), showing, settings.timeZone))}`;
  };
}
