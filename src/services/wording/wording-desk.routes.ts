import Router from '@koa/router';

import { fieldsOf } from '../../platform/http/body.ts';
import type { Routed, State } from '../../platform/http/context.ts';
import type { T } from '../../platform/i18n.ts';
import type { House } from '../house/house.ts';
import { sendCsv } from '../site/csv.ts';
import { knownOf, localPath, pageOf, paramOf, queryOf, seeOther } from '../site/requests.ts';
import { sayNext } from '../site/said.ts';
import { admit } from '../subjects/gate.ts';
import { wordingDeskPage } from './wording-desk.views.ts';
import { wordingActs } from './wording.policy.ts';
import { countWording, listWording, type WordingFilter } from './wording.reads.ts';
import { settleWording, STATES } from './wording.ts';

const PAGE_SIZE = 20;
/** A spreadsheet of more is read by nobody; the filter parts it by language. */
const FILE_ROWS = 10_000;

/** Where the secretariat reads which words of the site are said to be wrong. */
export function wordingDeskRoutes({ settings: { timeZone, publicUrl }, site, words }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/secretariat/wording', async (ctx) => {
    const { em, t } = ctx.state;
    await admit(em, ctx.state.person, { act: wordingActs.readDesk });
    const filter = filterOf(ctx);
    const total = await countWording(em, filter);
    const last = Math.max(1, Math.ceil(total / PAGE_SIZE));
    const page = pageOf(queryOf(ctx, 'page'), last);
    const items = await listWording(em, filter, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE });
    const body = wordingDeskPage({ items, filter, page, last, languages: words.languages, timeZone }, t);
    await site.send(ctx, { title: t('secretariat:wording.title'), body, unlisted: true });
  });

  router.get('/:language/secretariat/wording.csv', async (ctx) => {
    const { em, t } = ctx.state;
    await admit(em, ctx.state.person, { act: wordingActs.readDesk });
    const found = await listWording(em, filterOf(ctx), { limit: FILE_ROWS });
    const rows = found.map(({ createdAt, page, author, ...each }) => ({
      ...{ ...each, moment: createdAt.toISOString(), page: page ? publicUrl + page : '' },
      who: author?.name ?? t('people:erased'),
    }));
    sendCsv(ctx, 'polyphony-wording.csv', columnsOf(t), rows);
  });

  router.post('/:language/secretariat/wording/:id/done', async (ctx) => {
    const { em, person, language } = ctx.state;
    const fields = fieldsOf(ctx.request.body);
    const desk = `/${language}/secretariat/wording`;
    const id = paramOf(ctx, 'id');
    const isDone = fields['undo'] !== '1';
    await settleWording(em, person, { id, isDone });
    const what = { path: desk, noun: 'secretariat:wording.noun' } as const;
    if (isDone) sayNext(ctx, { words: 'secretariat:wording.saidDone', what, undo: `${desk}/${id}/done` });
    seeOther(ctx, localPath(fields['to'], desk));
  });

  return router;

  function filterOf(ctx: Routed): WordingFilter {
    return { state: knownOf(ctx, 'state', STATES) ?? 'open', language: knownOf(ctx, 'language', words.languages) };
  }
}

const columnsOf = (t: T) => [
  { key: 'moment', header: t('secretariat:wording.sentOn') },
  { key: 'who', header: t('secretariat:wording.sentBy') },
  { key: 'language', header: t('site:nav.language') },
  { key: 'page', header: t('site:wording.page') },
  { key: 'words', header: t('secretariat:wording.words') },
  { key: 'better', header: t('secretariat:wording.better') },
  { key: 'remark', header: t('secretariat:wording.remark') },
];
