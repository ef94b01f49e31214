import jsonld from '@fedify/vocab-runtime/jsonld';

import { contexts } from '../../../src/edges/federation/preloaded.ts';

type Json = Record<string, unknown>;

const LISTS = ['to', 'cc', 'tag', 'attachment'];
const MAPS = { contentMap: 'content', nameMap: 'name', summaryMap: 'summary' };
const TEXTS = ['Page', 'Note', 'Event', 'Article'];
const MOMENTS = ['published', 'updated', 'deleted', 'startTime', 'endTime', 'sourceUpdated'];
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = ({ type }: Json) => TEXTS.includes(String(type));

/** What a peer could not read in a document: each rule is one that Mastodon, Lemmy, NodeBB, Mobilizon or Gancio has. */
export function breachesOf(document: unknown, place = ''): string[] {
  if (Array.isArray(document)) return document.flatMap((each, index) => breachesOf(each, `${place}[${index}]`));
  if (!isObject(document)) return [];
  const own = [
    ...breachesOfLists(document),
    ...(isText(document) ? breachesOfText(document) : []),
    ...breachesOfActivity(document),
  ].map((breach) => `${place || 'document'}: ${breach}`);
  const inner = Object.entries(document).flatMap(([name, value]) =>
    name === '@context' ? [] : breachesOf(value, `${place}.${name}`),
  );
  return [...own, ...inner];
}

function breachesOfLists(document: Json): string[] {
  const lists = LISTS.filter((name) => name in document && !Array.isArray(document[name]));
  const moments = MOMENTS.filter((name) => name in document && !INSTANT.test(String(document[name])));
  const nothing = Object.keys(document).filter((name) => document[name] === null || document[name] === undefined);
  return [
    ...lists.map((name) => `${name} is no list`),
    ...moments.map((name) => `${name} is no instant: ${String(document[name])}`),
    ...nothing.map((name) => `${name} is nothing`),
  ];
}

function breachesOfText(document: Json): string[] {
  const { inLanguage, type } = document;
  const missing = ['to', 'cc', 'tag', 'attachment', 'content', 'published', 'url', 'context', 'attributedTo'];
  const named = type === 'Note' ? [] : ['name', 'summary'];
  const translated = Array.isArray(document['translations']) ? document['translations'].filter(isObject) : [];
  return [
    ...[...missing, ...named].filter((name) => !(name in document)).map((name) => `${name} is missing`),
    ...Object.entries(MAPS).flatMap(([map, name]) => breachesOfMap(document, { map, name, inLanguage })),
    ...translated.flatMap((each) => breachesOfTranslation(document, each)),
  ];
}

interface Mapped {
  map: string;
  name: string;
  inLanguage: unknown;
}

function breachesOfMap(document: Json, { map, name, inLanguage }: Mapped): string[] {
  const values = document[map];
  if (!isObject(values)) return [];
  const [first = ''] = Object.keys(values);
  return [
    ...(first === inLanguage ? [] : [`${map} begins with ${first}, not with ${String(inLanguage)}`]),
    ...(values[first] === document[name] ? [] : [`${name} is not the first of ${map}`]),
  ];
}

/** FEP-22cd: its language is a key of every map, and words that no person read have no date of their reading. */
function breachesOfTranslation(document: Json, { inLanguage, translator, translationOfWork, ...more }: Json): string[] {
  const key = String(inLanguage);
  const maps = Object.keys(MAPS).filter((map) => isObject(document[map]) && !(key in document[map]));
  const makers = Array.isArray(translator) ? translator.map(String) : [];
  const isByMachine = makers.every((each) => each.endsWith('/actors/translator'));
  return [
    ...maps.map((map) => `${map} has no ${key}`),
    ...(makers.length > 0 ? [] : [`nobody translated ${key}`]),
    ...(translationOfWork === document['id'] ? [] : [`the translation ${key} is of something else`]),
    ...(isByMachine === !('sourceUpdated' in more) ? [] : [`sourceUpdated of ${key} is wrong`]),
  ];
}

function breachesOfActivity({ type, object, ...more }: Json): string[] {
  if (type === 'Update' && isObject(object) && !('updated' in object)) return ['updated is missing in an Update'];
  if (type === 'Tombstone' && !('formerType' in more)) return ['formerType is missing'];
  if ((type === 'Create' || type === 'Update') && !isObject(object)) return ['the object is not there'];
  if (type === 'Delete' && !(isObject(object) && object['type'] === 'Tombstone')) return ['no Tombstone is deleted'];
  if (type !== 'Accept' && type !== 'Reject') return [];
  const answered = isObject(object) ? ['id', 'type', 'actor', 'object'].filter((name) => !(name in object)) : ['it'];
  return answered.map((name) => `${name} of what is answered is missing`);
}

/** Names in a document that its own context gives no meaning: ActivityStreams makes blank nodes of them, and JSON-LD drops the rest. */
export async function undefinedIn(document: unknown): Promise<string[]> {
  const expanded: unknown = await jsonld.expand(document, { documentLoader: contexts, safe: true });
  return [...new Set(blankIn(expanded))];
}

function blankIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(blankIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const types = name === '@type' ? [inner].flat().map(String) : [];
    return [...[name, ...types].filter((each) => each.startsWith('_:')), ...blankIn(inner)];
  });
}
