import { UNDETERMINED } from '#translation/languages.ts';
import { personUri, spaceUri, subjectUri } from '../../services/house/addresses.ts';
import type { Federated } from '../../services/house/federated.ts';
import { excerpt, publishMarkdown } from '../../services/texts/markdown.ts';
import { PUBLIC, translatorUri } from './addresses.ts';
import type { Told, ToldTranslation } from './told.reads.ts';

export type Json = Record<string, unknown>;

const SUMMARY_CHARACTERS = 300;

const AUTONYMS = new Intl.DisplayNames(['en'], { type: 'language' });

/** What a kind adds, and where this server is. */
interface Way {
  publicUrl: string;
  federated: Federated;
  more: Json;
}

/** A subject as an object of ActivityStreams, without its context: original words first, translations marked as such (FEP-22cd). */
export function objectOf(told: Told, { publicUrl, federated, more }: Way): Json {
  const id = subjectUri(publicUrl, told.id);
  const space = spaceUri(publicUrl, told.slug);
  const author = told.author === null ? space : personUri(publicUrl, told.author);
  const { type, bySpace = false } = federated;
  const isReply = told.parentId !== null && type === 'Note';
  return {
    id,
    type,
    ...(bySpace ? { attributedTo: space, actor: author } : { attributedTo: author }),
    audience: space,
    ...(isReply ? { inReplyTo: told.answered?.uri ?? subjectUri(publicUrl, told.parentId ?? told.rootId) } : {}),
    context: `${subjectUri(publicUrl, told.rootId)}/context`,
    ...recipients({ author, space, bySpace, answered: told.answered }),
    ...wordsOf(told, { id, type, publicUrl, space }),
    mediaType: 'text/html',
    tag: told.answered ? [{ type: 'Mention', href: told.answered.author, name: `@${told.answered.handle}` }] : [],
    attachment: [],
    replies: `${id}/replies`,
    likes: `${id}/likes`,
    published: told.publishedAt,
    ...(told.editedAt === null ? {} : { updated: told.editedAt }),
    url: id,
    ...more,
  };
}

interface Recipients {
  author: string;
  space: string;
  bySpace: boolean;
  answered?: Told['answered'];
}

export function recipients({ author, space, bySpace, answered }: Recipients) {
  const mentioned = answered ? [answered.author] : [];
  return bySpace
    ? { to: [PUBLIC], cc: [`${space}/followers`] }
    : { to: [space, PUBLIC], cc: [author === space ? `${space}/followers` : `${author}/followers`, ...mentioned] };
}

interface Place {
  id: string;
  type: string;
  publicUrl: string;
  space: string;
}

function wordsOf(told: Told, { id, type, publicUrl, space }: Place): Json {
  const { title, body, language, translations } = told;
  const all = [{ language, title, body }, ...translations];
  const isNote = type === 'Note';
  const content = publishMarkdown(body);
  const plain = {
    ...(isNote ? {} : { name: title ?? '', summary: excerpt(body, SUMMARY_CHARACTERS) }),
    content,
  };
  if (language === UNDETERMINED) return plain;
  return {
    ...plain,
    ...(isNote ? {} : mapsOf(all)),
    contentMap: Object.fromEntries(all.map((each) => [each.language, publishMarkdown(each.body)])),
    inLanguage: language,
    language: { identifier: language, name: AUTONYMS.of(language) ?? language },
    ...(translations.length === 0
      ? {}
      : { translations: translations.map((each) => translationOf(each, { id, publicUrl, space })) }),
  };
}

function mapsOf(all: readonly { language: string; title: string | null; body: string }[]): Json {
  const titled = all.filter(({ title }) => title !== null);
  return {
    ...(titled.length > 0 ? { nameMap: Object.fromEntries(titled.map((each) => [each.language, each.title])) } : {}),
    summaryMap: Object.fromEntries(all.map((each) => [each.language, excerpt(each.body, SUMMARY_CHARACTERS)])),
  };
}

/** FEP-22cd: a program alone is a machine's; with a person beside it, reviewed; a person or group alone, human. */
function translationOf(translation: ToldTranslation, { id, publicUrl, space }: Omit<Place, 'type'>): Json {
  const { language, origin, by, readyAt } = translation;
  const person = by === null ? space : personUri(publicUrl, by);
  const machine = translatorUri(publicUrl);
  const translator = { machine: [machine], reviewed: [machine, person] }[origin as string] ?? [person];
  return {
    type: 'Translation',
    inLanguage: language,
    translator,
    translationOfWork: id,
    ...(origin === 'machine' || readyAt === null ? {} : { sourceUpdated: new Date(readyAt).toISOString() }),
  };
}
