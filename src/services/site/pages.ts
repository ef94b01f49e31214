import type { Band, Desk, Link, Site } from '../house/page.ts';
import type { Em } from '../../platform/db/database.ts';
import { html } from '../../platform/html.ts';
import type { Person } from '../../platform/person.ts';
import type { Platform } from '../../platform/platform.ts';
import { may } from '../subjects/gate.ts';
import { byAutonym } from './languages.ts';
import { layout } from './layout.views.ts';
import { takeSaid } from './said.ts';

/** What surrounds the pages. `band` fails quietly: an error page must be there without a database. */
export function createSite(
  { settings, words, languages, assets, tail }: Pick<Platform, 'settings' | 'words' | 'languages' | 'assets' | 'tail'>,
  { band, links, desks }: { band: Band; links: readonly Link[]; desks: readonly Desk[] },
): Site {
  const pageLanguages = byAutonym(words.languages);
  const textLanguages = byAutonym(languages.all);
  return {
    links,
    deskOf: async (em, person) => (await desksFor(em, person)).at(-1)?.path ?? null,

    async send(ctx, page, status = 200) {
      const { t, em, person, carried, reader } = ctx.state;
      const bandHtml = status < 500 ? await band(t.language).catch(() => html``) : html``;
      const whole = layout(page, {
        t,
        person,
        languages: pageLanguages,
        texts: {
          all: textLanguages,
          chosen: person ? person.textsLanguage : carried,
          into: reader?.language ?? t.language,
        },
        path: pathBelowLanguage(ctx.path, t.language) + (ctx.querystring ? `?${ctx.querystring}` : ''),
        publicUrl: settings.publicUrl,
        band: bandHtml,
        links,
        desks: await desksFor(em, person),
        said: status < 400 ? takeSaid(ctx) : null,
        asset: assets.url,
        cursor: tail.cursor(),
        demo: settings.demo,
      });
      ctx.state.cacheTags = status === 200 ? [...(page.standsOn ?? [])] : [];
      ctx.status = status;
      ctx.type = 'text/html; charset=utf-8';
      ctx.set('Cache-Control', person || page.unlisted ? 'no-store' : 'no-cache');
      ctx.set('Content-Language', t.language);
      ctx.body = whole.value;
    },
  };

  async function desksFor(em: Em, person: Person | null): Promise<Desk[]> {
    const own: Desk[] = [];
    for (const desk of desks) if (await may(em, person, { act: desk.act })) own.push(desk);
    return own;
  }
}

function pathBelowLanguage(path: string, language: string): string {
  return path.startsWith(`/${language}/`) ? path.slice(language.length + 1) : '';
}
