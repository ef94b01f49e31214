import Router from '@koa/router';

import type { House } from '../house/house.ts';
import { acceptDelivery } from '#translation/delivery.ts';
import { EngineError } from '#translation/engines/engine.ts';
import { isOfTheEngine } from '#translation/leg.ts';
import type { State } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/errors.ts';
import { recordFailure, recordSuccess } from './engine-states.ts';
import { memoryIn } from './memory.ts';
import { findSubmission, markAnswered, wakeWaiting } from './submissions.ts';

/** A text that came to nothing is not handed in again in the same moment. */
const PAUSE_SECONDS = 2;

/**
 * Where asynchronous engines post their answers. Anybody may knock, so the token in the address is all that counts; a second
 * delivery finds it used and changes nothing. Answers are checked like any other, and go into the memory, where
 * the texts that wait for them look.
 */
export function callbackRoutes({ database, log, languages: { translator, detector } }: House): Router<State> {
  const router = new Router<State>();

  router.post('/api/callbacks/translation/:token', async (ctx) => {
    const { em } = ctx.state;
    const token = ctx.params['token'] ?? '';
    const open = await findSubmission(em, token);
    if (!open) throw notFound();
    ctx.status = 204;
    if (open.isAnswered) return;
    const engine = translator.engines().find(({ name }) => name === open.engine);
    const delivery = {
      query: new URLSearchParams(ctx.querystring),
      contentType: ctx.get('Content-Type'),
      body: ctx.request.rawBody ?? '',
    };
    const languageOf = detector();
    try {
      const refused = await acceptDelivery(engine, open, delivery, {
        memory: memoryIn(() => database.em()),
        ...(languageOf ? { languageOf: (text) => languageOf.detect(text) } : {}),
      });
      if (!(await markAnswered(em, token))) return;
      if (refused > 0) log.warn({ engine: open.engine, refused }, 'an engine delivered what no translation may be');
      await recordSuccess(em, open.engine);
      await wakeWaiting(em, open, { seconds: refused > 0 ? PAUSE_SECONDS : 0, isBlameless: false });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (!(await markAnswered(em, token))) return;
      log.warn({ engine: open.engine, kind: error.kind }, 'an engine delivered a failure');
      await recordFailure(em, open.engine, error);
      await wakeWaiting(em, open, { seconds: PAUSE_SECONDS, isBlameless: isOfTheEngine(error) });
    }
  });

  return router;
}
