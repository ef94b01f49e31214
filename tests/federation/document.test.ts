import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { HANDLERS } from '../../src/edges/federation/inbound.ts';
import { features } from '../../src/features.ts';

const document = readFileSync(new URL('../../FEDERATION.md', import.meta.url), 'utf8');

/** The first column of the table below a heading. */
function firstColumn(heading: string): string[] {
  const [, section = ''] = document.split(`\n## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  const cells = table.split('\n').flatMap((line) => /^\| ([^|]+?) *\|/.exec(line)?.[1] ?? []);
  return cells.slice(2).map((cell) => cell.replaceAll('`', ''));
}

test('FEDERATION.md names the activities that are taken, and the kinds that are told', () => {
  expect(firstColumn('Activities taken').toSorted()).toEqual([...HANDLERS.keys()].toSorted());
  const kinds = features.flatMap(({ kind, federated }) =>
    kind && federated ? [`${kind.kind} ${federated.type}`] : [],
  );
  const told = firstColumn('Objects').map(
    (kind) => `${kind} ${new RegExp(`\\| ${kind} +\\| \`(\\w+)\``).exec(document)?.[1]}`,
  );
  expect(told.toSorted()).toEqual(kinds.toSorted());
});
