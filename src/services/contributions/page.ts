import type { Routed } from '../../platform/http/context.ts';
import type { Em } from '../../platform/db/database.ts';
import type { Person } from '../../platform/person.ts';
import type { House } from '../house/house.ts';
import type { SubjectRow } from '../house/kinds.ts';
import type { Page } from '../house/page.ts';
import { listDecisions } from '../moderation/decisions.reads.ts';
import { moderationActs } from '../moderation/moderation.policy.ts';
import { paramOf, queryOf } from '../site/requests.ts';
import { may, mayOf } from '../subjects/gate.ts';
import { findSubject } from '../subjects/subjects.ts';
import { doubtOf } from '../texts/doubt.ts';
import type { ShownContribution } from '../texts/contributions.reads.ts';
import { excerpt } from '../texts/markdown.ts';
import { wishable } from '../texts/texts.reads.ts';
import { chosenWords, sayName } from '../texts/texts.views.ts';
import { wishForReader } from '../texts/translations.ts';
import { showingOf } from '../texts/view.ts';
import type { PagedKind } from './contribution.ts';
import { contributionPage } from './page.views.ts';

const DESCRIPTION_CHARACTERS = 150;

/** The page of a contribution: what its kind says, with its text, what staff decided, and what other features show. */
export async function readPage<Shown extends ShownContribution>(
  ctx: Routed,
  house: House,
  of: PagedKind<Shown>,
): Promise<Page> {
  const { em, person, language, reader, t } = ctx.state;
  const { settings, languages, kinds } = house;
  const shown = await of.find(em, paramOf(ctx, 'id'), reader);
  const subject = await findSubject(em, shown.id, person);
  const spaces = await house.spacesIn(reader.language, language);
  const decisions = await listDecisions(em, shown.id, reader);
  const texts = [shown, ...decisions].map(({ text }) => text);
  if (person) await wishForReader(em, languages, reader, wishable(texts));
  const panels = await kinds.panelsOf(ctx, subject);
  const showing = showingOf(ctx, settings);
  const parts = await of.parts(ctx, { shown, subject, showing });
  const words = chosenWords(shown.text, showing);
  const isOwn = shown.author !== null && shown.author.id === person?.id;
  const acts = await actsOf(em, person, of, subject);
  const body = contributionPage(
    {
      ...{ shown, parts, decisions, panels: panels.html, words: of.words, plural: of.plural },
      space: spaces.find(({ id }) => id === shown.spaceId) ?? null,
      may: { ...acts, edit: acts.edit && !parts.isFixed },
      languages: languages.all,
      doubt: isOwn && !subject.closed ? doubtOf(languages, shown.text, language) : null,
      isOwn,
      posted: isOwn && queryOf(ctx, 'posted') === '1',
      timeZone: settings.timeZone,
    },
    showing,
  );
  return {
    title: words.title ? sayName(words, t) : (parts.title?.words ?? ''),
    description: sayName({ ...words, title: excerpt(words.body, DESCRIPTION_CHARACTERS) }, t),
    body,
    live: { rooms: [`subject:${shown.rootId}`] },
    current: of.current ?? of.plural,
    unlisted: shown.state !== 'open',
    standsOn: [shown.id, shown.rootId, shown.spaceId, ...(parts.standsOn ?? []), ...panels.standsOn],
  };
}

async function actsOf<Shown extends ShownContribution>(
  em: Em,
  person: Person | null,
  { kind, acts: { edit, withdraw } }: PagedKind<Shown>,
  subject: SubjectRow,
) {
  const { hide, restore } = moderationActs;
  const about = { subject, kind };
  return {
    ...(await mayOf(em, person, { edit, hide, restore }, about)),
    withdraw: withdraw !== undefined && (await may(em, person, { act: withdraw, ...about })),
  };
}
