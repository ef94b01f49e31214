import type { Desk, Link, Page } from '../house/page.ts';
import { direction, scriptOf } from '#translation/languages.ts';
import { formatTag } from '../../platform/formats.ts';
import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { withoutOverrides } from '../../platform/input.ts';
import { picker, type Picking } from './picker.views.ts';
import type { Said } from './said.ts';
import { saidNotice } from './said.views.ts';

/** What surrounds every page, the same for each request of a language. */
export interface Frame extends Picking {
  publicUrl: string;
  band: Html;
  links: readonly Link[];
  /** Those of this person. */
  desks: readonly Desk[];
  /** What the page before did. */
  said: Said | null;
  asset(path: string): string;
  cursor: string;
  demo: boolean;
}

/** The files with the letters of a script. Every page has figures and Latin letters, too, but those are found soon enough. */
const FONTS: Record<string, string> = { Arab: 'arabic', Cyrl: 'cyrillic', Grek: 'greek' };

export function layout(page: Page, frame: Frame): Html {
  const { language } = frame.t;
  return html`<!doctype html>
<html lang="${language}" dir="${direction(language)}" data-format="${formatTag(language)}"${page.live ? live(page.live, frame) : ''}
  data-kept="${frame.t('site:draft.kept')}" data-discard="${frame.t('site:draft.discard')}">
  ${head(page, frame)}
  <body>
    <a class="skip" href="#content">${frame.t('site:skip')}</a>
    ${masthead(page, frame)}
    <main id="content" tabindex="-1"><div class="wrap">${said(frame)}${page.body}</div></main>
    ${footer(frame)}
  </body>
</html>
`;
}

const said = ({ said: done, path, t }: Frame): Html | string =>
  done ? saidNotice(done, `/${t.language}${path}`, t) : '';

function live({ rooms }: { rooms: readonly string[] }, { cursor, texts, t }: Frame): Html {
  return html` data-texts="${texts.into}" data-rooms="${rooms.join(' ')}"
    data-cursor="${cursor}"
    data-paused="${t('site:live.paused')}"
    data-gone="${t('site:live.gone')}"`;
}

function head(page: Page, frame: Frame): Html {
  const { title, unlisted } = page;
  const { t, asset } = frame;
  // A list has no words of its own to be found by.
  const description = page.description ?? (unlisted ? null : `${title} · ${t('site:home.lead')}`);
  const font = FONTS[scriptOf(t.language)] ?? 'latin';
  return html`<head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${withoutOverrides(title)} – Polyphony</title>
    ${description ? html`<meta name="description" content="${withoutOverrides(description)}">` : ''}
    ${unlisted ? html`<meta name="robots" content="noindex">` : alternates(page, frame)}
    <meta name="color-scheme" content="light dark">
    <link rel="icon" type="image/svg+xml" href="${asset('images/icon.svg')}">
    <link rel="stylesheet" href="${asset('css/all.css')}">
    ${WEIGHTS.map((weight) => preload(asset(`fonts/polyphony-sans-${font}-${weight}.woff2`)))}
    <link rel="modulepreload" href="${asset('js/page.js')}">
    <script type="module" src="${asset('js/page.js')}"></script>
  </head>`;
}

/** Words and titles. */
const WEIGHTS = [400, 600];

const preload = (font: string): Html =>
  html`<link rel="preload" href="${font}" as="font" type="font/woff2" crossorigin>`;

/**
 * The one address of what the page shows, and that of each language: texts in another language, versions and orders are ways to read it.
 * Home in no language is where one is chosen; who reads none of ours is led to all other pages in English.
 */
function alternates({ canonical }: Page, { languages, path, publicUrl, t }: Frame): Html {
  const own = canonical ?? `/${t.language}${path.replace(/\/*(?:\?.*)?$/, '')}`;
  const below = own.startsWith(`/${t.language}`) ? own.slice(t.language.length + 1) : '';
  const alternate = (code: string, href: string) =>
    html`<link rel="alternate" hreflang="${code}" href="${publicUrl}${href}">`;
  return html`<link rel="canonical" href="${publicUrl}${own}">
    ${languages.map((code) => alternate(code, `/${code}${below}`))}
    ${alternate('x-default', below === '' ? '/' : `/en${below}`)}`;
}

function masthead(page: Page, frame: Frame): Html {
  const { t } = frame;
  const links = navigation(page, frame);
  return html`<header class="masthead">
    <div class="wrap">
      <div class="masthead-row">
        ${wordmark(t)}
        <nav class="masthead-nav" aria-label="${t('site:nav.main')}">
          <ul>${links}</ul>
        </nav>
        <div class="masthead-tools">${account(frame)}${picker(frame)}</div>
        ${menu(links, frame)}
      </div>
      ${frame.band}
    </div>
  </header>`;
}

/** Two voices, and what joins them. */
const MARK = [
  'M0 2h10v4H0zM18 2h8v4h-8zM6 10h8v4H6zM22 10h6v4h-6zM0 18h6v4H0zM12 18h12v4H12z',
  'M10 3h8v2h-8zM14 11h8v2h-8zM6 19h6v2H6z',
];

function wordmark(t: T): Html {
  return html`<a class="wordmark" href="/${t.language}">
    <svg viewBox="0 0 28 24" aria-hidden="true" focusable="false">
      ${MARK.map((path) => html`<path d="${path}"/>`)}
    </svg>
    <span lang="en">Polyphony</span>
  </a>`;
}

/** The links of the header once more, for screens on which they have no room beside each other. */
function menu(links: Html, frame: Frame): Html {
  const { t } = frame;
  return html`<details class="menu">
    <summary>${t('site:nav.menu')}</summary>
    <nav class="panel" aria-label="${t('site:nav.menu')}">
      <ul>${links}${account(frame).map((link) => html`<li>${link}</li>`)}</ul>
    </nav>
  </details>`;
}

function navigation({ current }: Page, { links, t }: Frame): Html {
  const entries = links.filter(({ isMain }) => isMain);
  return html`${entries.map(({ name, path, words }) => {
    const isCurrent = name === current ? html` aria-current="page"` : '';
    return html`<li><a href="/${t.language}${path}"${isCurrent}>${t(words)}</a></li>`;
  })}`;
}

function account({ person, desks, t, path }: Frame): Html[] {
  if (!person) {
    const to = encodeURIComponent(`/${t.language}${path}`);
    return [html`<a href="/${t.language}/sign-in?to=${to}">${t('site:nav.signIn')}</a>`];
  }
  const own = html`<a href="/${t.language}/me"><bdi>${person.name ?? t('site:nav.me')}</bdi></a>`;
  return [...desks.map((desk) => html`<a href="/${t.language}${desk.path}">${t(desk.words)}</a>`), own];
}

/** As many as leave room in an address for the words that are wrong. */
const PLACE_CHARACTERS = 500;

/** Words of the page itself may be wrong: those who are signed in say so, and what they look at stands in the address. */
function wordingLink({ t, path }: Frame): Html {
  const places = [path, path.split('?')[0] ?? ''].map((each) => encodeURIComponent(`/${t.language}${each}`));
  const place = places.find((each) => each.length <= PLACE_CHARACTERS) ?? '';
  return html`<li><a href="/${t.language}/wording?page=${place}" data-wording>${t('site:wording.link')}</a></li>`;
}

function footer(frame: Frame): Html {
  const { t, demo, links, person } = frame;
  const link = (path: string, words: string) => html`<li><a href="${path}">${words}</a></li>`;
  const to = (path: string, words: string) => link(`/${t.language}${path}`, words);
  const own = (column: Link['foot']) =>
    links.filter(({ foot }) => foot === column).map(({ path, words }) => to(path, t(words)));
  const me = person ? to('/me', t('site:nav.me')) : to('/sign-in', t('site:nav.signIn'));
  return html`<footer class="footer">
    <div class="wrap">
      <nav class="footer-columns" aria-label="${t('site:footer.about')}">
        <div>
          <h2>${t('site:footer.takePart')}</h2>
          <ul class="plain">${own('takePart')}${me}</ul>
        </div>
        <div>
          <h2>${t('site:footer.follow')}</h2>
          <ul class="plain">${own('follow')}${link('/', t('site:nav.language'))}</ul>
        </div>
        <div>
          <h2>${t('site:footer.data')}</h2>
          <ul class="plain">${own('data')}${link('/openapi.json', t('site:footer.api'))}</ul>
        </div>
        <div>
          <h2>${t('site:footer.service')}</h2>
          <ul class="plain">${own('service')}${person ? wordingLink(frame) : ''}</ul>
        </div>
      </nav>
      <p>${t('site:footer.promise')}</p>
      ${demo ? html`<p>${t('site:footer.demo')} <a href="/outbox">${t('site:footer.outbox')}</a></p>` : ''}
    </div>
  </footer>`;
}
