import type { Feature } from '../house/feature.ts';
import { Link } from './link.entity.ts';
import { Subject, SubjectCount } from './subject.entity.ts';
import { subjectsPersonal } from './subjects.personal.ts';
import { counting } from './counts.ts';

/** The row everything shares: what happens to a subject of any kind. */
export const subjectsFeature: Feature = {
  name: 'subjects',
  entities: [Subject, SubjectCount, Link],
  verbs: {
    published: { tells: 'words' },
    edited: { tells: 'words', takes: true },
    withdrawn: { tells: 'words', takes: true },
    hidden: { tells: 'words', takes: true },
    restored: { tells: 'words' },
    linked: { tells: 'page' },
    counted: { tells: 'page' },
  },
  personal: subjectsPersonal,
  readers: ({ kinds, verbs }) => [counting({ counters: kinds.counters(), verbs })],
};
