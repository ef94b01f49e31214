import { strict as assert } from 'node:assert';

import type { Mailer } from './platform/mail/mail.ts';
import type { Platform } from './platform/platform.ts';
import type { Feature } from './services/house/feature.ts';
import type { Participation, Figure, Figures, Named } from './services/house/figures.ts';
import type { House } from './services/house/house.ts';
import { createKinds, type Kinds } from './services/house/kinds.ts';
import { createSite } from './services/site/pages.ts';

/** Puts the features together into what each of them is given. Throws when nobody, or more than one, knows the spaces or draws the band. */
export function createHouse(platform: Platform, features: readonly Feature[], mailer: Mailer | null): House {
  const kinds = createKinds();
  const site = createSite(platform, {
    band: theOne(features, 'band')(platform),
    links: features.flatMap(({ navigation = [] }) => navigation),
    desks: features.flatMap(({ desks = [] }) => desks),
  });
  const house: House = {
    ...platform,
    kinds,
    site,
    mailer,
    figures: figuresOf(features),
    questions: [],
    federated: new Map(features.flatMap(({ kind, federated }) => (kind && federated ? [[kind.kind, federated]] : []))),
    remoteActs: new Map(features.flatMap(({ remoteActs = {} }) => Object.entries(remoteActs))),
    spacesIn: theOne(features, 'spaces')(platform),
  };
  for (const feature of features) furnish(kinds, feature, house);
  house.questions.push(...features.flatMap((feature) => feature.question?.(house) ?? []));
  return house;
}

function furnish(kinds: Kinds, feature: Feature, house: House): void {
  if (feature.kind) kinds.add(feature.kind);
  for (const counter of feature.counters ?? []) kinds.addCounter(counter);
  for (const panel of feature.panels?.(house) ?? []) kinds.addPanel(panel);
  for (const field of feature.fields?.(house) ?? []) kinds.addField(field);
  if (feature.written) kinds.addWritten(feature.written(house));
  if (feature.attended) kinds.addAttended(feature.attended(house));
}

/** Throws when two figures have one name, or when one tells apart what nobody declares. */
function figuresOf(features: readonly Feature[]): Figures {
  const all = features.flatMap(({ figures = {} }): Named<Figure>[] => named(figures));
  const participations = features.flatMap(({ participations: own = {} }): Named<Participation>[] => named(own));
  // The database compares in this order. Kinds that answer others are listed last and written most:
  // with them in front, all people are counted 5 % faster.
  const contributions = features.flatMap(({ kind }) => (kind?.hideable ? [kind.kind] : [])).toReversed();
  const counted = new Set([...contributions, ...participations.map(({ name }) => name)]);
  for (const { name, parts } of all) {
    assert(all.filter((each) => each.name === name).length === 1, `there are two figures named ${name}`);
    assert(!parts || counted.has(parts.of), `${name} counts ${parts?.of}, which is no contribution and no act`);
  }
  return { all: all.toSorted((a, b) => a.place - b.place), participations, contributions };
}

const named = <T>(all: Readonly<Record<string, T>>): Named<T>[] =>
  Object.entries(all).map(([name, each]) => ({ ...each, name }));

function theOne<Name extends 'band' | 'spaces'>(features: readonly Feature[], name: Name): NonNullable<Feature[Name]> {
  const [found, ...more] = features.flatMap((feature) => feature[name] ?? []);
  assert(found && more.length === 0, `one feature has "${name}", not ${found ? 'several' : 'none'}`);
  return found;
}
