import { sql } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import type { House } from '../house/house.ts';
import { isPublic } from '../subjects/subjects.ts';

// For search engines: one sitemap a language and kind, in parts. The pages themselves say in which other languages they are there; to say
// it once more here would make 27 lines of each.

/** Of one part. The protocol allows 50,000; a part of this size is made without holding up anybody. */
const ADDRESSES = 2_500;

interface Address {
  /** Below the language. */
  path: string;
  changed: Date | null;
}

interface Part {
  kind: string;
  /** From 1 on. */
  part: number;
  changed: Date;
}

/** The index: the parts of every language. */
export async function sitemapIndex(em: Em, house: House): Promise<string> {
  const parts = await partsOf(em, house);
  const all = house.words.languages.flatMap((language) => [
    { path: `/sitemap/${language}/pages.xml`, changed: null },
    ...parts.map(({ kind, part, changed }) => ({ path: `/sitemap/${language}/${kind}-${part}.xml`, changed })),
  ]);
  return xml('sitemapindex', 'sitemap', all, house.settings.publicUrl);
}

/** One part in one language: `pages` or `idea-3`. Null for one that is not there. */
export async function sitemap(em: Em, house: House, language: string, name: string): Promise<string | null> {
  const found = name === 'pages' ? await pages(house, language) : await subjects(em, house, name);
  return found.length > 0 ? xml('urlset', 'url', found, `${house.settings.publicUrl}/${language}`) : null;
}

/** What is there whatever people write, and the spaces. */
async function pages({ site, spacesIn }: House, language: string): Promise<Address[]> {
  const paths = ['', ...site.links.filter(({ isSought }) => isSought).map(({ path }) => path)];
  const spaces = await spacesIn(language);
  return [...paths, ...spaces.map(({ slug }) => `/spaces/${slug}`)].map((path) => ({ path, changed: null }));
}

const soughtKinds = ({ kinds }: House) => kinds.all().filter(({ isSought }) => isSought);

const changed = sql<Date>`coalesce(s.edited_at, s.published_at)`;

/** In the order in which they were published, so that what comes later moves nothing. */
async function subjects(em: Em, house: House, name: string): Promise<Address[]> {
  const [, kindName, part] = /^([a-z]+)-([1-9]\d{0,5})$/.exec(name) ?? [];
  const kind = soughtKinds(house).find((each) => each.kind === kindName);
  if (!kind) return [];
  const found = await rows(
    em,
    sql<{ id: string; rootId: string; changed: Date }>`select s.id, s.root_id as "rootId", ${changed} as changed
      from subject s where s.kind = ${kind.kind} and ${isPublic} order by s.published_at, s.id
      limit ${sql.lit(ADDRESSES)} offset ${sql.lit((Number(part) - 1) * ADDRESSES)}`,
  );
  return found.map((subject) => ({ path: kind.path(subject), changed: subject.changed }));
}

function partsOf(em: Em, house: House): Promise<Part[]> {
  const kinds = soughtKinds(house).map(({ kind }) => kind);
  return rows(
    em,
    sql<Part>`select kind, part, max(changed) as changed from (
        select s.kind, ${changed} as changed,
          (row_number() over (partition by s.kind order by s.published_at, s.id) - 1) / ${sql.lit(ADDRESSES)} + 1 as part
        from subject s where s.kind = any(${kinds}::text[]) and ${isPublic}) s
      group by kind, part order by kind, part`,
  );
}

function xml(list: string, item: string, addresses: readonly Address[], base: string): string {
  const entries = addresses.map(({ path, changed: at }) => {
    const lastmod = at ? `<lastmod>${at.toISOString()}</lastmod>` : '';
    return `<${item}><loc>${escape(base + path)}</loc>${lastmod}</${item}>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<${list} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('')}</${list}>\n`;
}

const escape = (address: string): string => address.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
