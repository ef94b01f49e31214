import { expect, test } from 'vitest';

import { coverageIn } from '../../src/platform/coverage.ts';

const english = {
  site: { skip: 'Skip', ideas_one: '1 idea', ideas_other: '{{count}} ideas' },
  mails: { hello: 'Hello' },
};

test('a sentence with a number counts once, and only with every plural form of its language', () => {
  const polish = { ideas_one: '1 pomysł', ideas_few: '{{count}} pomysły', ideas_many: '{{count}} pomysłów' };
  const coverage = coverageIn(
    new Map<string, Record<string, Record<string, string>>>([
      ['en', english],
      ['pl', { site: { ...polish, ideas_other: '{{count}} pomysłu' }, mails: { hello: '' } }],
      ['cs', { site: { skip: 'Přeskočit', ideas_one: '1 nápad', ideas_other: '{{count}} nápadů' }, mails: {} }],
    ]),
  );
  expect(coverage('en')).toEqual({ has: 3, all: 3 });
  expect(coverage('pl')).toEqual({ has: 1, all: 3 }); // neither a missing word nor an empty one counts
  expect(coverage('cs')).toEqual({ has: 1, all: 3 }); // without `few` and `many`, "2 ideas" stands in English
  expect(coverage('de')).toEqual({ has: 0, all: 0 });
});
