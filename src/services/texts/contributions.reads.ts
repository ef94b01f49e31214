import { sql, type RawBuilder } from 'kysely';

import { showRow, textColumn, textJoin, type ShownText, type TextRow } from './texts.reads.ts';
import type { Reader } from '../../platform/reader.ts';
import { authorOf, type Author } from '../people/author.ts';
import type { Standing } from '../subjects/gate.ts';

/** What every contribution has, whatever its kind adds, as `contributionColumns` yield it. */
export interface ContributionRow extends TextRow {
  id: string;
  root_id: string;
  parent_id: string | null;
  space_id: string;
  space_slug: string;
  author: Author | null;
  published_at: Date;
  edited_at: Date | null;
  source: string | null;
  state: 'open' | 'hidden' | 'withdrawn';
  revision: number;
}

/** A contribution as this reader sees it. */
export interface ShownContribution {
  id: string;
  rootId: string;
  parentId: string | null;
  spaceId: string;
  spaceSlug: string;
  /** Null when it was imported, or its author erased. */
  author: Author | null;
  publishedAt: Date;
  editedAt: Date | null;
  /** Where imported content came from. */
  source: string | null;
  state: 'open' | 'hidden' | 'withdrawn';
  /** From 1 on: every change by its author is one more, whatever changed. */
  revision: number;
  text: ShownText;
}

/** What the gate has to know of one in a public list: nothing above it is closed. */
export const standingOf = ({ author, spaceId, parentId, state }: ShownContribution): Standing => ({
  authorId: author?.id ?? null,
  spaceId,
  parentId,
  hidden: state === 'hidden',
  withdrawn: state === 'withdrawn',
  closed: state !== 'open',
});

/** Of the subject `s` with `contributionJoins`. */
export const contributionColumns: RawBuilder<ContributionRow> = sql`s.id, s.root_id, s.parent_id, s.space_id, sp.slug as space_slug,
  ${authorOf('a')} as author,
  s.published_at, s.edited_at, s.source, s.revision, case when s.withdrawn_at is not null then 'withdrawn' when s.hidden_at is not null then 'hidden' else 'open' end as state,
  ${textColumn}`;

export function contributionJoins({ language, person }: Reader): RawBuilder<unknown> {
  return sql`${textJoin(language, person)} join space sp on sp.subject_id = s.space_id left join person a on a.id = s.author_id`;
}

export function showContribution(found: ContributionRow, reader: Reader): ShownContribution {
  return {
    id: found.id,
    rootId: found.root_id,
    parentId: found.parent_id,
    spaceId: found.space_id,
    spaceSlug: found.space_slug,
    author: found.author,
    publishedAt: found.published_at,
    editedAt: found.edited_at,
    source: found.source,
    state: found.state,
    revision: found.revision,
    text: showRow(found, reader),
  };
}
