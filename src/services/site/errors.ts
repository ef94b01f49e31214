import type { Middleware } from 'koa';
import type { Logger } from 'pino';

import type { Context, State } from '../../platform/http/context.ts';
import { codeOf, HttpError, InvalidInput, notFound } from '../../platform/http/errors.ts';
import { html, type Html } from '../../platform/html.ts';
import type { T, Words } from '../../platform/i18n.ts';
import type { Site } from '../house/page.ts';

/** Lies around everything: errors become a page in the person's language, or a problem document (RFC 9457) for the API. */
export function answerErrors(site: Site, log: Logger): Middleware<State> {
  return async (ctx, next) => {
    ctx.state.cacheTags = [];
    ctx.state.person = null;
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined && ctx.respond !== false)
        throw new HttpError(404, 'errors:notFound');
    } catch (thrown) {
      const error = asHttpError(thrown, log);
      ctx.set(error.headers);
      if (isApi(ctx)) sendProblem(ctx, error);
      else await sendErrorPage(ctx, error, site);
    }
  };
}

const WITHOUT_LANGUAGE = new Set([
  '.well-known',
  'robots.txt',
  'sitemap',
  'sitemap.xml',
  '',
  'a',
  'actors',
  'api',
  'assets',
  'health',
  'inbox',
  'language',
  'nodeinfo',
  'o',
  'openapi.json',
  'outbox',
  's',
  'u',
]);

/** Pages begin with an interface language or with one of the addresses that have none; everything else is not there. */
export function onlyKnownLanguages(words: Words): Middleware<State> {
  return (ctx, next) => {
    const [, first = ''] = ctx.path.split('/', 2);
    if (!words.languages.includes(first) && !WITHOUT_LANGUAGE.has(first)) throw notFound();
    return next();
  };
}

const isApi = (ctx: Context): boolean =>
  ctx.path.startsWith('/api/') || ctx.path.startsWith('/health/') || ctx.path === '/openapi.json' || isServer(ctx);

/** Another server speaks: it reads JSON and no pages. */
function isServer(ctx: Context): boolean {
  const accepts = ctx.get('Accept');
  return (
    (/json/i.test(accepts) && !/html/i.test(accepts)) ||
    /^application\/(?:activity|ld)\+json/i.test(ctx.get('Content-Type'))
  );
}

function asHttpError(thrown: unknown, log: Logger): HttpError {
  if (thrown instanceof HttpError) return thrown;
  if (isUnavailable(thrown)) {
    log.error({ error: thrown }, 'the database does not answer');
    return new HttpError(503, 'errors:unavailable', { headers: { 'Retry-After': '5' } });
  }
  if (thrown instanceof URIError || (thrown instanceof Error && 'status' in thrown && thrown.status === 400))
    return new HttpError(400, 'errors:malformed');
  log.error({ error: thrown }, 'a request failed');
  return new HttpError(500, 'errors:internal');
}

/** Not reached, closed, starting or stopping, read-only after a failover, out of connections or disk; a statement or a lock that took too long, a deadlock. */
const UNAVAILABLE_CODE = /^(ECONN|EPIPE|ETIMEDOUT|E(?:HOST|NET)UNREACH|57P0|08|53|25006|25P0|57014|40P01|40001|55P03)/;
const UNAVAILABLE_MESSAGE =
  /connection terminated|not queryable|timeout exceeded when trying to connect|query read timeout/i;

function isUnavailable(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const isConnecting = 'syscall' in thrown && thrown.syscall === 'connect';
  return (
    isConnecting ||
    ('code' in thrown && UNAVAILABLE_CODE.test(String(thrown.code))) ||
    UNAVAILABLE_MESSAGE.test(thrown.message)
  );
}

function sendProblem(ctx: Context, error: HttpError): void {
  const { t } = ctx.state;
  ctx.status = error.status;
  ctx.type = 'application/problem+json';
  ctx.set('Cache-Control', 'no-store');
  ctx.body = JSON.stringify({
    type: 'about:blank',
    title: t(error.key, error.params),
    status: error.status,
    code: codeOf(error.key),
    ...(error instanceof InvalidInput
      ? {
          errors: error.fields.map(({ field, key, params }) => ({ field, code: codeOf(key), message: t(key, params) })),
        }
      : {}),
    ...error.details,
  });
}

async function sendErrorPage(ctx: Context, error: HttpError, site: Site): Promise<void> {
  const { t } = ctx.state;
  const title = t(error.key, error.params);
  const signIn = `/${t.language}/sign-in${ctx.method === 'GET' ? `?to=${encodeURIComponent(ctx.url)}` : ''}`;
  await site.send(ctx, { title, body: errorBody(t, error, { title, signIn }), unlisted: true }, error.status);
}

function errorBody(t: T, error: HttpError, { title, signIn }: { title: string; signIn: string }): Html {
  const home = `/${t.language}`;
  const actions =
    error.status === 401
      ? html`<a class="button" href="${signIn}">${t('site:nav.signIn')}</a>`
      : html`<a class="button" href="${home}">${t('errors:goHome')}</a>
          <a class="button button--quiet" href="${home}/ideas">${t('errors:goIdeas')}</a>`;
  return html`<div class="folio">
    <div class="stack error-page">
      <h1>${title}</h1>
      <p class="lead">${t(helpOf(error.status))}</p>
      <p class="actions">${actions}</p>
    </div>
  </div>`;
}

function helpOf(status: number) {
  if (status === 404 || status === 410) return 'errors:help.missing' as const;
  if (status === 401) return 'errors:help.signIn' as const;
  if (status === 403) return 'errors:help.permission' as const;
  if (status === 429) return 'errors:help.wait' as const;
  return status >= 500 ? ('errors:help.ours' as const) : ('errors:help.input' as const);
}
