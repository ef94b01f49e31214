import type { Context } from '../../platform/http/context.ts';
import type { House } from '../house/house.ts';
import type { NamedSpace } from '../house/spaces.ts';
import { admit, may, whereMay } from '../subjects/gate.ts';
import { moderationActs } from './moderation.policy.ts';

interface DeskSpaces {
  themes: readonly NamedSpace[];
  /** Null for everything there is. */
  spaceIds: readonly string[] | null;
}

/** The spaces that the person moderates. Throws 401 and 403 for everybody else. */
export async function deskSpaces(ctx: Context, spacesIn: House['spacesIn']): Promise<DeskSpaces> {
  const { em, reader, language } = ctx.state;
  const person = await admit(em, ctx.state.person, { act: moderationActs.openDesk });
  const themes = await whereMay(em, person, moderationActs.readDesk, await spacesIn(reader.language, language));
  const isAll = await may(em, person, { act: moderationActs.readDesk });
  return { themes, spaceIds: isAll ? null : themes.map(({ id }) => id) };
}
