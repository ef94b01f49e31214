import Router from '@koa/router';
import { z } from 'zod';

import { fieldsOf } from '../../platform/http/body.ts';
import type { Routed, State } from '../../platform/http/context.ts';
import { InvalidInput, type FieldError } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import { ROLES } from '../../platform/person.ts';
import type { House } from '../../services/house/house.ts';
import { block, findAccount, findAccounts, giveRole, takeRole, unblock } from '../../services/people/granting.ts';
import { paramOf, personOf, queryOf, seeOther } from '../../services/site/requests.ts';
import { administratorOf } from './administrator.ts';
import { accountPage, blockPage, peoplePage } from './people.views.ts';

/** Roles that reach over all spaces: an office is not held for one theme. */
const EVERYWHERE: readonly string[] = ['secretariat', 'administrator'];
const roleInput = z.object({ role: z.enum(ROLES, { error: 'role' }), space: z.string().max(100).default('') });

/** Find a person, give and take roles, keep somebody out. */
export function peopleRoutes({ site, log, spacesIn }: House): Router<State> {
  const router = new Router<State>();
  const one = '/:language/admin/people/:handle';

  router.get('/:language/admin/people', async (ctx) => {
    const { em, t } = ctx.state;
    const person = await administratorOf(ctx);
    const asked = queryOf(ctx, 'who') ?? '';
    const body = peoplePage({ asked, people: await findAccounts(em, person, asked) }, t);
    await site.send(ctx, { title: t('admin:people'), body, unlisted: true });
  });

  router.get(one, async (ctx) => {
    const { t, reader, language } = ctx.state;
    const account = await accountOf(ctx);
    const spaces = await spacesIn(reader.language, language);
    const isDone = queryOf(ctx, 'done') === '1';
    await site.send(ctx, { title: account.name, body: accountPage({ account, spaces, isDone }, t), unlisted: true });
  });

  router.post(`${one}/roles`, async (ctx) => {
    const account = await accountOf(ctx);
    const { role, space: slug } = parse(roleInput, fieldsOf(ctx.request.body));
    const space = (await spacesIn('en')).find((each) => each.slug === slug);
    if (slug && (!space || EVERYWHERE.includes(role))) throw new InvalidInput([WRONG_PLACE]);
    await giveRole(ctx.state.em, personOf(ctx), { id: account.id, name: role, spaceId: space?.id ?? null });
    tell(ctx, account.id, `was given the role ${role}${slug && ` in ${slug}`}`);
  });

  router.post(`${one}/roles/:role/take`, async (ctx) => {
    const account = await accountOf(ctx);
    const roleId = paramOf(ctx, 'role');
    await takeRole(ctx.state.em, personOf(ctx), { id: account.id, roleId });
    const role = account.roles.find(({ id }) => id === roleId);
    tell(ctx, account.id, `lost the role ${role?.name}`);
  });

  router.get(`${one}/block`, async (ctx) => {
    const { t } = ctx.state;
    const body = blockPage(await accountOf(ctx), t);
    await site.send(ctx, { title: t('admin:block'), body, unlisted: true });
  });

  router.post(`${one}/block`, async (ctx) => {
    const { id } = await accountOf(ctx);
    await block(ctx.state.em, personOf(ctx), id);
    tell(ctx, id, 'was blocked');
  });

  router.post(`${one}/unblock`, async (ctx) => {
    const { id } = await accountOf(ctx);
    await unblock(ctx.state.em, personOf(ctx), id);
    tell(ctx, id, 'was let in again');
  });

  return router;

  async function accountOf(ctx: Routed) {
    return findAccount(ctx.state.em, await administratorOf(ctx), paramOf(ctx, 'handle'));
  }

  /** A line for the operator, and the way back. */
  function tell(ctx: Routed, of: string, what: string): void {
    log.info({ person: of, by: personOf(ctx).id }, `a person ${what}`);
    seeOther(ctx, `/${ctx.state.language}/admin/people/${paramOf(ctx, 'handle')}?done=1`);
  }
}

const WRONG_PLACE: FieldError = { field: 'space', key: 'errors:roleEverywhere', params: {} };
