import { z } from 'zod';

import { html } from '../../platform/html.ts';
import { sentence } from '../../platform/i18n.ts';
import type {
  ContributionForm,
  ContributionKind,
  ContributionWords,
  PageParts,
  Told,
} from '../../services/contributions/contribution.ts';
import type { Context } from '../../platform/http/context.ts';
import type { House } from '../../services/house/house.ts';
import type { SpaceIndex } from '../../services/house/spaces.ts';
import { field } from '../../services/site/forms.views.ts';
import { may } from '../../services/subjects/gate.ts';
import { langAttributes } from '../../services/site/languages.ts';
import { editIdea, ideaInput, ideaKind, PLACE_CHARACTERS, postIdea, type IdeaInput } from './ideas.ts';
import { ideaActs } from './ideas.policy.ts';
import { isMovable, listMoves } from './moves.ts';
import { movesSection } from './moves.views.ts';
import { findIdea, ideaDetails, type ShownIdea } from './ideas.reads.ts';

const WORDS: ContributionWords = {
  posted: 'ideas:posted',
  newTitle: 'ideas:newTitle',
  editTitle: 'ideas:editTitle',
  title: 'ideas:title',
  titleHint: 'ideas:titleHint',
  body: 'ideas:body',
  bodyHint: 'ideas:bodyHint',
  post: 'ideas:post',
  edit: 'contributions:edit',
  withdrawTitle: 'ideas:withdrawTitle',
};

const FORM: ContributionForm = {
  lead: (space, t) =>
    space
      ? sentence(t, 'ideas:newLead', { theme: html`<span ${langAttributes(space.language)}>${space.title}</span>` })
      : t('ideas:newLeadAny'),
  fields(form, t) {
    const hint = t('ideas:placeHint', { max: PLACE_CHARACTERS });
    return field({ name: 'place', label: t('ideas:place'), hint, max: PLACE_CHARACTERS }, form, t);
  },
  choose: 'contributions:theme',
  isOfSpace: true,
  aside: [
    { title: 'ideas:beforePosting', body: 'ideas:beforePostingBody' },
    { title: 'contributions:formatting', body: 'contributions:formattingBody' },
  ],
};

/** What pages and API of an idea have beyond those of every contribution. */
export const ideas = ({ settings, spacesIn }: House): ContributionKind<ShownIdea, IdeaInput> => ({
  kind: ideaKind,
  plural: 'ideas',
  words: WORDS,
  input: ideaInput,
  rows: 10,
  find: findIdea,
  post: (em, { languages, person }, posting) => postIdea(em, languages, person, posting),
  edit: (em, { languages, person }, editing) => editIdea(em, languages, person, editing),
  given: ({ details }) => details,
  values: ({ details }) => ({ place: details.place ?? '' }),
  parts: (ctx, told) => partsOf(ctx, told, spacesIn),
  history: async ({ state: { em, t, reader, language } }, idea) => {
    const spaces = await spacesIn(reader.language, language);
    return movesSection(await listMoves(em, idea.id), { spaces, timeZone: settings.timeZone }, t);
  },
  form: FORM,
  json: {
    schema: ideaDetails.extend({
      source: z.string().nullable().meta({ description: 'Where imported content comes from' }),
    }),
    show: ({ source, details }) => ({ source, ...details }),
  },
  acts: ideaActs,
});

async function partsOf(
  { state: { em, person, t, reader, language } }: Context,
  { subject, shown }: Told<ShownIdea>,
  spacesIn: SpaceIndex,
): Promise<PageParts> {
  const { place } = shown.details;
  const space = (await spacesIn(reader.language, language)).find(({ id }) => id === shown.spaceId);
  const named = space && html`<span ${langAttributes(space.language)}>${space.title}</span>`;
  const { move } = ideaActs;
  const mayMove = (await may(em, person, { act: move, subject })) && (await isMovable(em, person, subject));
  const link = html`<a class="button button--link" href="/${t.language}/ideas/${shown.id}/move">${t('ideas:move')}</a>`;
  return {
    crumbs: [
      { path: '/spaces', words: t('site:nav.themes') },
      ...(space && named ? [{ path: `/spaces/${space.slug}`, words: named }] : []),
    ],
    ...(place
      ? { after: html`<p class="hint">${sentence(t, 'ideas:placeIs', { place: html`<bdi>${place}</bdi>` })}</p>` }
      : {}),
    acts: mayMove ? [link] : [],
    aside: [{ title: 'contributions:aboutTexts', body: 'contributions:aboutTextsBody' }],
  };
}
