import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Middleware } from 'koa';

import { codingOf, packSmall, SMALL_BYTES, type Coding } from './compress.ts';

const FOLDER = fileURLToPath(new URL('../../../public', import.meta.url));
const PACKAGES = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** Browser modules of packages, served beside ours. */
const VENDOR: Record<string, string> = {
  'vendor/idiomorph.js': 'idiomorph/dist/idiomorph.esm.js',
  'vendor/socket.io.js': 'socket.io/client-dist/socket.io.esm.min.js',
};

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
const COMPRESSED = new Set(['.css', '.js', '.svg', '.txt']);
/** While processes of two versions answer, a page of one asks the other for its files: it gets those that are there. */
const ADDRESS = /^\/assets\/([\da-f]{12})\/(.+)$/;
const YEAR = 'public, max-age=31536000, immutable';

interface Asset {
  type: string;
  plain: Buffer;
  /** What was asked for once; null for what is small, or packed already, as pictures and fonts are. */
  packed: Map<Coding, Promise<Buffer>> | null;
}

/** The files of `public/` under addresses that change with their content: `/assets/<hash>/css/base.css`. */
export interface Assets {
  url(path: string): string;
  middleware: Middleware;
}

/** Reads everything once, and packs what is asked for; relative addresses inside CSS and modules keep working under one common hash. `styles` become one file. */
export function loadAssets(styles: readonly string[]): Assets {
  const files = new Map<string, Asset>();
  for (const path of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })) {
    if (TYPES[extname(path)]) files.set(path, load(path, join(FOLDER, path)));
  }
  for (const [path, module] of Object.entries(VENDOR)) files.set(path, load(path, join(PACKAGES, module)));
  const joined = styles.map((name) => readFileSync(join(FOLDER, 'css', `${name}.css`)));
  files.set('css/all.css', prepare('css/all.css', Buffer.concat(joined)));
  const hash = hashOf(files);
  const prefix = `/assets/${hash}/`;
  return {
    url: (path) => prefix + path,
    middleware: async (ctx, next) => {
      if (!ctx.path.startsWith('/assets/')) return next();
      const [, version, path = ''] = ADDRESS.exec(ctx.path) ?? [];
      const asset = files.get(path);
      if (!asset || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return;
      ctx.set('Cache-Control', version === hash ? YEAR : 'no-cache');
      ctx.type = asset.type;
      ctx.vary('Accept-Encoding');
      const coding = asset.packed && codingOf(ctx.get('Accept-Encoding'));
      if (coding) ctx.set('Content-Encoding', coding);
      ctx.body = coding
        ? await asset.packed?.getOrInsertComputed(coding, () => packSmall(asset.plain, coding))
        : asset.plain;
    },
  };
}

const load = (path: string, file: string): Asset => prepare(path, readFileSync(file));

function prepare(path: string, plain: Buffer): Asset {
  const extension = extname(path);
  return {
    type: TYPES[extension] ?? 'application/octet-stream',
    plain,
    packed: COMPRESSED.has(extension) && plain.length >= SMALL_BYTES ? new Map() : null,
  };
}

function hashOf(files: Map<string, Asset>): string {
  const hash = createHash('sha256');
  for (const [path, asset] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(path).update(asset.plain);
  return hash.digest('hex').slice(0, 12);
}
