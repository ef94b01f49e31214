import type { Feature } from '../house/feature.ts';
import { TextChoice } from './choice.entity.ts';
import { forgetKeys } from './contributions.ts';
import { Idempotency } from './idempotency.entity.ts';
import { Text, TextCorrection } from './text.entity.ts';
import { textsApi } from './texts.api.ts';
import { textsPersonal } from './texts.personal.ts';
import { detectPending } from './texts.ts';
import { textsRoutes } from './texts.routes.ts';
import { Translation } from './translation.entity.ts';

/** Versions of texts, their language, and their translations. */
export const textsFeature: Feature = {
  name: 'texts',
  entities: [Text, TextCorrection, Translation, TextChoice, Idempotency],
  verbs: { corrected: { tells: 'words' }, translated: { tells: 'translation' } },
  schedules: [
    {
      name: 'pending-languages',
      cron: '*/10 * * * *',
      run: async ({ database, languages }) => void (await detectPending(database.em(), languages)),
    },
    { name: 'idempotency-keys', cron: '13 * * * *', run: ({ database }) => forgetKeys(database.em()) },
  ],
  styles: ['texts'],
  pages: (house) => [textsRoutes(house)],
  api: textsApi,
  personal: textsPersonal,
};
