import { contributionPages } from '../../services/contributions/pages.ts';
import type { Feature } from '../../services/house/feature.ts';
import { ideaFederated } from './idea.federated.ts';
import { Idea, IdeaMove, IdeaWords } from './idea.entity.ts';
import { ideas } from './idea.kind.ts';
import { ideasApi } from './ideas.api.ts';
import { ideaFigures } from './ideas.figures.ts';
import { ideasPersonal } from './ideas.personal.ts';
import { ideaKind } from './ideas.ts';
import { foldingWords } from './ideas.words.ts';
import { listRoutes } from './list.routes.ts';
import { createListPanel } from './list.ts';
import { movesRoutes } from './moves.routes.ts';
import { ideasOf } from './written.ts';

/** What citizens propose. */
export const ideasFeature: Feature = {
  name: 'ideas',
  entities: [Idea, IdeaMove, IdeaWords],
  kind: ideaKind,
  federated: ideaFederated,
  styles: ['ideas'],
  figures: ideaFigures,
  panels: (house) => [createListPanel(house)],
  written: ideasOf,
  pages: (house) => [listRoutes(house), contributionPages(house, ideas(house)), movesRoutes(house)],
  api: ideasApi,
  readers: ({ verbs }) => [foldingWords(verbs)],
  navigation: [
    { name: 'ideas', path: '/ideas', words: 'site:nav.ideas', isMain: true, foot: 'takePart', isSought: true },
    { name: 'share', path: '/ideas/new', words: 'ideas:share', isMain: false, foot: 'takePart' },
  ],
  verbs: { moved: { tells: 'words', takes: true } },
  personal: ideasPersonal,
};
