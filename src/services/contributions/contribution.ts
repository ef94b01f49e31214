import type { z } from 'zod';

import type { Key } from '#locales/keys.ts';
import type { Em } from '../../platform/db/database.ts';
import type { Context } from '../../platform/http/context.ts';
import type { Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Languages } from '../../platform/languages.ts';
import type { Person } from '../../platform/person.ts';
import type { Reader } from '../../platform/reader.ts';
import type { Act } from '../house/acts.ts';
import type { Kind, SubjectRow } from '../house/kinds.ts';
import type { NamedSpace } from '../house/spaces.ts';
import type { FormState } from '../site/forms.views.ts';
import type { Key as SentKey } from '../texts/contributions.ts';
import type { ShownContribution } from '../texts/contributions.reads.ts';
import type { Showing } from '../texts/texts.views.ts';

/** Who does it, and with what. */
export interface Doing {
  languages: Languages;
  jobs: Jobs;
  person: Person;
}

export interface Posting<Input> {
  space: { id: string };
  input: Input;
  interfaceLanguage: string;
  /** Of what was sent: against doubles. */
  key?: SentKey | undefined;
}

export interface Editing<Input> {
  id: string;
  /** The revision its author saw: throws 412 when it is not the last any more. */
  version: number;
  input: Input;
  interfaceLanguage: string;
}

/** A contribution of any kind, as lists and pages read it. */
export interface Contribution extends ShownContribution {
  /** Support, comments and the like, as they were counted a second ago. */
  counts: Readonly<Record<string, number>>;
}

/** A pair of keys for the side of a page: heading and paragraph. */
export interface Aside {
  title: Key;
  body: Key;
}

/** What a kind puts on its own page, around what every contribution has. */
export interface PageParts {
  /** On the way to it, after home: address below the language, and words. */
  crumbs: readonly { path: string; words: Html | string }[];
  /** Before the name of the space. */
  tags?: Html;
  /** Under the title. */
  lead?: Html;
  /** Between the head and the text. */
  before?: Html;
  /** Under the text. */
  after?: Html;
  /** Under everything, before what other features show. */
  below?: Html;
  /** What else this reader may do here. */
  acts?: readonly Html[];
  aside: readonly Aside[];
  /** Author and day stand under the text, where the head has other things to say. */
  bylineBelow?: boolean;
  /** Its title where it has none of its own. */
  title?: { words: string; heading: Html };
  /** Closed to changes by what the policy cannot know: an event that was cancelled. */
  isFixed?: boolean;
  /** Where it is changed: its own form, where nothing else is said. */
  editHref?: string;
  /** Ids of other subjects it shows. */
  standsOn?: readonly string[];
}

/** Words of the pages, in the order in which people meet them. */
export interface ContributionWords {
  posted: Key;
  newTitle: Key;
  editTitle: Key;
  title: Key;
  titleHint: Key;
  body: Key;
  bodyHint: Key;
  post: Key;
  edit: Key;
  withdrawTitle: Key;
}

/** What the form of a kind asks for beside title, text and language. */
export interface ContributionForm {
  lead(space: NamedSpace | null, t: T): Html | string;
  /** Fields between the text and its language. */
  fields(form: FormState, t: T, languages: readonly string[]): Html;
  aside: readonly Aside[];
  /** What the choice of a space is called; left out where the address always names the space. */
  choose?: Key;
  /** With a choice: its address may name a space, too, which is chosen then. */
  isOfSpace?: boolean;
  /** What a new one begins with. */
  begin?(): Record<string, string>;
}

/** What is there to say about one of them on its page. */
export interface Told<Shown extends ShownContribution> {
  shown: Shown;
  subject: SubjectRow;
  showing: Showing;
}

/** Everything the page of a kind needs that the kit does not know. */
export interface PagedKind<Shown extends ShownContribution> {
  kind: Kind & { limits: { title: number; body: number } };
  /** In addresses: `/ideas/<id>`, `/spaces/<slug>/ideas`. */
  plural: string;
  /** The entry of the navigation it belongs to, where that is not its own. */
  current?: string;
  words: Pick<ContributionWords, 'edit'> & { posted?: Key };
  /** Throws 404, or 410 with its state for those who may not see it any more. */
  find(em: Em, id: string, reader: Reader): Promise<Shown>;
  parts(ctx: Context, told: Told<Shown>): PageParts | Promise<PageParts>;
  /** What its history tells besides the versions of its text. */
  history?(ctx: Context, shown: Shown): Promise<Html>;
  /** Of its policy. A kind that cannot be withdrawn is called off with a reason. */
  acts: { edit: Act; withdraw?: Act };
}

/** Everything the pages and the API of a kind need that the kit does not know. */
export interface ContributionKind<Shown extends Contribution, Input extends object> extends PagedKind<Shown> {
  words: ContributionWords;
  /** Checks a whole contribution, of the form and of the API. */
  input: z.ZodType<Input>;
  /** Rows of the text area. */
  rows: number;
  /** Returns the id. Throws 403, 409, 422 and 429. */
  post(em: Em, doing: Doing, posting: Posting<Input>): Promise<string>;
  /** Throws 403, 409, 410, 412, 422 and 429. */
  edit(em: Em, doing: Doing, editing: Editing<Input>): Promise<void>;
  /** What else it has, as its author gave it: a change that does not name a field leaves it so. */
  given(shown: Shown): object;
  /** The same for the fields of the form. */
  values(shown: Shown): Record<string, string>;
  /** What the form sends, ready to be checked. */
  typed?(fields: Record<string, string>): object;
  form: ContributionForm;
  json: {
    /** What it has beside what every subject has. */
    schema: z.ZodObject;
    show(shown: Shown, url: string): object;
  };
  acts: { post: Act; edit: Act; withdraw?: Act };
}
