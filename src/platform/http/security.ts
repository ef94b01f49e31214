import type { Middleware } from 'koa';
import helmet from 'koa-helmet';

const YEAR_SECONDS = 31_536_000;

/** One policy for every page, the administrators' too: scripts, styles and fonts of our own, nothing inline, nobody may frame us. */
export function securityHeaders({ secure, publicUrl }: { secure: boolean; publicUrl: string }): Middleware {
  const helmeted = policyOf({ secure, publicUrl });
  return (ctx, next) => {
    ctx.set('Permissions-Policy', UNUSED);
    return helmeted(ctx, next);
  };
}

/** What browsers could do and no page of ours asks for. */
const UNUSED = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'display-capture', 'browsing-topics']
  .map((name) => `${name}=()`)
  .join(', ');

function policyOf({ secure, publicUrl }: { secure: boolean; publicUrl: string }) {
  const socket = publicUrl.replace(/^http/, 'ws');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", socket],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    hsts: secure ? { maxAge: YEAR_SECONDS, includeSubDomains: false } : false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  });
}

/** The public address decides whether cookies are secure, not the connection: that one is plain behind a proxy which ends TLS. */
export function secureCookies({ secure }: { secure: boolean }): Middleware {
  return (ctx, next) => {
    ctx.cookies.secure = secure;
    return next();
  };
}
