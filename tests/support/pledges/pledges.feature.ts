import Router from '@koa/router';
import { sql } from 'kysely';
import { z } from 'zod';

import { callerOf, endpoint } from '../../../src/platform/api/api.ts';
import { idOf } from '../../../src/platform/api/requests.ts';
import type { State } from '../../../src/platform/http/context.ts';
import { html } from '../../../src/platform/html.ts';
import { contributionApi, listingOf } from '../../../src/services/contributions/api.ts';
import type { ContributionKind } from '../../../src/services/contributions/contribution.ts';
import { contributionPages } from '../../../src/services/contributions/pages.ts';
import type { Feature } from '../../../src/services/house/feature.ts';
import type { Participation } from '../../../src/services/house/figures.ts';
import type { House } from '../../../src/services/house/house.ts';
import { PUBLISHED } from '../../../src/services/house/personal.ts';
import { field } from '../../../src/services/site/forms.views.ts';
import { paramOf, personOf, seeOther } from '../../../src/services/site/requests.ts';
import { countDone, countWritten } from '../../../src/services/subjects/spans.ts';
import {
  editPledge,
  findPledge,
  listPledges,
  pledgeActs,
  pledgeInput,
  pledgeKind,
  postPledge,
  signatureCounter,
  signPledge,
  type PledgeInput,
  type ShownPledge,
} from './pledges.ts';

// The words are those of ideas: only the words of the platform's own kinds are translated.

const PLEDGES: ContributionKind<ShownPledge, PledgeInput> = {
  kind: pledgeKind,
  plural: 'pledges',
  words: {
    ...{ posted: 'ideas:posted', newTitle: 'ideas:newTitle', editTitle: 'ideas:editTitle', title: 'ideas:title' },
    ...{ titleHint: 'ideas:titleHint', body: 'ideas:body', bodyHint: 'ideas:bodyHint', post: 'ideas:post' },
    ...{ edit: 'contributions:edit', withdrawTitle: 'ideas:withdrawTitle' },
  },
  input: pledgeInput,
  rows: 6,
  find: findPledge,
  post: postPledge,
  edit: editPledge,
  given: ({ hours }) => ({ hours }),
  values: ({ hours }) => ({ hours: String(hours) }),
  parts: (
    { state: { t } },
    {
      shown: {
        id,
        hours,
        counts: { signatures = 0 },
      },
    },
  ) => ({
    crumbs: [{ path: '/pledges', words: 'Pledges' }],
    after: html`<p class="pledge">${hours} hours, ${signatures} joined</p>`,
    acts: [html`<form method="post" action="/${t.language}/pledges/${id}/sign"><button>Join</button></form>`],
    aside: [],
  }),
  form: {
    lead: () => '',
    fields: (form, t) => field({ name: 'hours', label: 'Hours', max: 3 }, form, t),
    aside: [],
  },
  json: { schema: z.object({ hours: z.int() }), show: ({ hours }) => ({ hours }) },
  acts: pledgeActs,
};

function pledgeRoutes({ site }: House): Router<State> {
  const router = new Router<State>();
  router.get('/:language/pledges', async (ctx) => {
    const pledges = await listPledges(ctx.state.em, { limit: 20 }, ctx.state.reader);
    const cards = pledges.map(({ id, text }) => html`<li data-subject="${id}">${text.title}</li>`);
    await site.send(ctx, { title: 'Pledges', body: html`<ul>${cards}</ul>`, current: 'pledges', standsOn: ['lists'] });
  });
  router.post('/:language/pledges/:id/sign', async (ctx) => {
    const id = paramOf(ctx, 'id');
    await signPledge(ctx.state.em, personOf(ctx), id);
    seeOther(ctx, `/${ctx.state.language}/pledges/${id}`);
  });
  return router;
}

const signature: Participation = {
  rows: sql`pledge_signature ps`,
  subject: sql`ps.subject_id`,
  person: sql`ps.person_id`,
  moment: sql`ps.created_at`,
};

const JOINED = { of: 'person_id', exported: true, erasure: 'delete' } as const;

/** Everything of it that the platform has to know. */
export const pledgesFeature: Feature = {
  name: 'pledges',
  kind: pledgeKind,
  verbs: { signed: { tells: 'number' } },
  counters: [signatureCounter],
  participations: { signature },
  figures: {
    pledges: {
      place: 25,
      words: 'statistics:ideas',
      meaning: 'statistics:weekIdeasMeaning',
      sql: countWritten('pledge'),
    },
    signatures: {
      ...{ place: 45, words: 'statistics:endorsements', meaning: 'statistics:weekEndorsementsMeaning' },
      sql: countDone(signature),
    },
  },
  written: () => async (ctx, authorId) => {
    const pledges = await listPledges(ctx.state.em, { limit: 50, authorId }, ctx.state.reader);
    return pledges.length === 0
      ? null
      : html`<ul>${pledges.map(({ id, text }) => html`<li data-subject="${id}">${text.title}</li>`)}</ul>`;
  },
  pages: (house) => [pledgeRoutes(house), contributionPages(house, PLEDGES)],
  api: (house) => [
    listingOf(house, PLEDGES, {
      ...{ path: '/pledges', summary: 'Public pledges, newest first', query: z.object({}) },
      list: ({ em, reader }, { limit, after: before }) => listPledges(em, { limit, before }, reader),
      at: ({ publishedAt }) => publishedAt,
    }),
    ...contributionApi(house, PLEDGES),
    endpoint({
      ...{ method: 'put', path: '/pledges/{id}/signature', summary: 'Join a pledge', answers: { 204: null } },
      errors: [401, 404, 410],
      handle: async (call) => {
        await signPledge(call.em, callerOf(call), idOf(call));
        return { status: 204 };
      },
    }),
  ],
  navigation: [{ name: 'pledges', path: '/pledges', words: 'site:nav.ideas', isMain: false, foot: 'takePart' }],
  personal: {
    pledge: { personal: { hours: PUBLISHED } },
    pledge_signature: {
      personal: {
        person_id: { exported: false, erasure: 'delete' },
        subject_id: JOINED,
        created_at: JOINED,
      },
    },
  },
};
