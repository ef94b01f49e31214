import type { Desk, Link, Page } from '../house/page.ts';
import { autonym, direction } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { withoutOverrides } from '../../platform/input.ts';
import type { Person } from '../../platform/person.ts';
import { icon } from './icon.ts';

/** What surrounds every page, the same for each request of a language. */
export interface Frame {
  t: T;
  languages: readonly string[];
  person: Person | null;
  /** Address of the page below its language, with its query: the language picker stays on it. */
  path: string;
  publicUrl: string;
  band: Html;
  links: readonly Link[];
  /** Those of this person. */
  desks: readonly Desk[];
  asset(path: string): string;
  cursor: string;
  demo: boolean;
}

const FONTS: Record<string, string> = { ar: 'arabic' };

export function layout(page: Page, frame: Frame): Html {
  const { t, asset, person } = frame;
  const { language } = t;
  const font = FONTS[language] ?? 'latin';
  return html`<!doctype html>
<html lang="${language}" dir="${direction(language)}"${page.live ? live(page.live, frame) : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${withoutOverrides(page.title)} – Polyphony</title>
${page.description ? html`<meta name="description" content="${withoutOverrides(page.description)}">\n` : ''}${page.unlisted ? html`<meta name="robots" content="noindex">\n` : alternates(frame)}<meta name="color-scheme" content="light dark">
<link rel="icon" type="image/svg+xml" href="${asset('images/icon.svg')}">
<link rel="stylesheet" href="${asset('css/all.css')}">
<link rel="preload" href="${asset(`fonts/polyphony-sans-${font}-400.woff2`)}" as="font" type="font/woff2" crossorigin>
<link rel="modulepreload" href="${asset('js/page.js')}">
<script type="module" src="${asset('js/page.js')}"></script>
</head>
<body>
<a class="skip" href="#content">${t('site:skip')}</a>
${masthead(page, frame)}
<main id="content" tabindex="-1"><div class="wrap">${page.body}</div></main>
${footer(frame, person)}
</body>
</html>
`;
}

function live({ rooms }: { rooms: readonly string[] }, { cursor, t }: Frame): Html {
  return html` data-rooms="${rooms.join(' ')}" data-cursor="${cursor}" data-paused="${t('site:live.paused')}" data-gone="${t('site:live.gone')}"`;
}

function alternates({ languages, path, publicUrl }: Frame): Html {
  return html`${languages.map((code) => html`<link rel="alternate" hreflang="${code}" href="${publicUrl}/${code}${path}">\n`)}`;
}

function masthead(page: Page, frame: Frame): Html {
  const { t } = frame;
  const links = navigation(page, frame);
  return html`<header class="masthead"><div class="wrap">
<div class="masthead-row">
<a class="wordmark" href="/${t.language}"><svg viewBox="0 0 28 24" aria-hidden="true" focusable="false"><path d="M0 2h10v4H0zM18 2h8v4h-8zM6 10h8v4H6zM22 10h6v4h-6zM0 18h6v4H0zM12 18h12v4H12z"/><path d="M10 3h8v2h-8zM14 11h8v2h-8zM6 19h6v2H6z"/></svg><span lang="en">Polyphony</span></a>
<nav class="masthead-nav" aria-label="${t('site:nav.main')}"><ul>${links}</ul></nav>
<div class="masthead-tools">${account(frame)}${picker(frame)}</div>
<details class="menu"><summary>${t('site:nav.menu')}</summary><nav class="panel" aria-label="${t('site:nav.menu')}"><ul>${links}${account(frame).map((link) => html`<li>${link}</li>`)}</ul></nav></details>
</div>
${frame.band}
</div></header>`;
}

function navigation({ current }: Page, { links, t }: Frame): Html {
  const entries = links.filter(({ isMain }) => isMain);
  return html`${entries.map(
    ({ name, path, words }) =>
      html`<li><a href="/${t.language}${path}"${name === current ? html` aria-current="page"` : ''}>${t(words)}</a></li>`,
  )}`;
}

function account({ person, desks, t, path }: Frame): Html[] {
  if (!person) {
    const to = encodeURIComponent(`/${t.language}${path}`);
    return [html`<a href="/${t.language}/sign-in?to=${to}">${t('site:nav.signIn')}</a>`];
  }
  const own = html`<a href="/${t.language}/me"><bdi>${person.name ?? t('site:nav.me')}</bdi></a>`;
  return [...desks.map((desk) => html`<a href="/${t.language}${desk.path}">${t(desk.words)}</a>`), own];
}

function picker({ t, languages, path }: Frame): Html {
  const items = languages.toSorted((a, b) => autonym(a).localeCompare(autonym(b), t.language));
  return html`<details class="picker"><summary>${icon('globe')}<span class="hidden">${t('site:nav.language')}: </span><span>${autonym(t.language)}</span></summary><nav class="panel" aria-label="${t('site:nav.language')}"><ul class="languages">${items.map(
    (code) =>
      html`<li><a href="/${code}${path}" lang="${code}" hreflang="${code}" dir="${direction(code)}"${code === t.language ? html` aria-current="true"` : ''}>${autonym(code)}</a></li>`,
  )}</ul></nav></details>`;
}

function footer({ t, demo, links }: Frame, person: Person | null): Html {
  const to = (path: string, words: string) => html`<li><a href="/${t.language}${path}">${words}</a></li>`;
  const own = (column: Link['foot']) =>
    links.filter(({ foot }) => foot === column).map(({ path, words }) => to(path, t(words)));
  return html`<footer class="footer"><div class="wrap">
<nav class="footer-columns" aria-label="${t('site:footer.about')}">
<div><h2>${t('site:footer.takePart')}</h2>
<ul class="plain">${own('takePart')}${person ? to('/me', t('site:nav.me')) : to('/sign-in', t('site:nav.signIn'))}</ul></div>
<div><h2>${t('site:footer.follow')}</h2>
<ul class="plain">${own('follow')}<li><a href="/">${t('site:nav.language')}</a></li></ul></div>
<div><h2>${t('site:footer.data')}</h2>
<ul class="plain">${own('data')}<li><a href="/openapi.json">${t('site:footer.api')}</a></li></ul></div></nav>
<p>${t('site:footer.promise')}</p>
${demo ? html`<p>${t('site:footer.demo')} <a href="/outbox">${t('site:footer.outbox')}</a></p>` : ''}</div></footer>`;
}
