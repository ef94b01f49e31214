import type { Routed } from '../../platform/http/context.ts';
import type { House } from '../house/house.ts';
import type { Page } from '../house/page.ts';
import { listDecisions } from '../moderation/decisions.reads.ts';
import { queryOf } from '../site/requests.ts';
import { findSubject, isModeratorOf } from '../subjects/subjects.ts';
import { doubtOf } from '../texts/doubt.ts';
import { excerpt } from '../texts/markdown.ts';
import { wishable } from '../texts/texts.reads.ts';
import { chosenWords } from '../texts/texts.views.ts';
import { wishForReader } from '../texts/translations.ts';
import { showingOf } from '../texts/view.ts';
import type { Contribution, ContributionKind, PageParts } from './contribution.ts';
import { contributionPage } from './page.views.ts';

const DESCRIPTION_CHARACTERS = 150;

/** The page of a contribution: what its kind says, with its text, what staff decided, and what other features show. */
export async function readPage<Shown extends Contribution, Input extends object>(
  ctx: Routed,
  house: House,
  of: ContributionKind<Shown, Input>,
): Promise<Page> {
  const { em, person, language, reader } = ctx.state;
  const { settings, languages, kinds } = house;
  const shown = await of.find(em, ctx.params['id'] ?? '', reader);
  const spaces = await house.spacesIn(language);
  const decisions = await listDecisions(em, shown.id, reader);
  const texts = [shown, ...decisions].map(({ text }) => text);
  if (person) await wishForReader(em, languages, language, wishable(texts));
  const panels = await kinds.panelsOf(ctx, await findSubject(em, shown.id, person));
  const showing = showingOf(ctx, settings);
  const parts = await of.parts(ctx, shown, showing);
  const words = chosenWords(shown.text, showing);
  const isOwn = shown.author !== null && shown.author.id === person?.id;
  const body = contributionPage(
    {
      ...{ shown, parts, decisions, panels: panels.html, words: of.words, plural: of.plural },
      space: spaces.find(({ id }) => id === shown.spaceId) ?? null,
      may: mayOf(shown, parts, ctx, of),
      languages: languages.all,
      doubt: isOwn ? doubtOf(languages, shown.text, language) : null,
      posted: isOwn && queryOf(ctx, 'posted') === '1',
      timeZone: settings.timeZone,
    },
    showing,
  );
  return {
    title: words.title || (parts.title?.words ?? ''),
    description: excerpt(words.body, DESCRIPTION_CHARACTERS),
    body,
    live: { rooms: [`subject:${shown.rootId}`] },
    current: of.plural,
    unlisted: shown.state !== 'open',
    standsOn: [shown.id, shown.rootId, shown.spaceId, ...(parts.standsOn ?? []), ...panels.standsOn],
  };
}

function mayOf<Shown extends Contribution, Input extends object>(
  { state, author, spaceId }: Shown,
  { mayEdit }: PageParts,
  { state: { person } }: Routed,
  { acts }: ContributionKind<Shown, Input>,
) {
  const isOwn = state === 'open' && author !== null && author.id === person?.id;
  const moderates = isModeratorOf(person, { spaceId });
  return {
    edit: state === 'open' && (mayEdit ?? isOwn),
    withdraw: isOwn && acts.withdraw !== undefined,
    sayLanguage: isOwn,
    hide: moderates && state === 'open',
    restore: moderates && state === 'hidden',
  };
}
