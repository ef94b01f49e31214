// What pages of figures say, read from their HTML.

/** What a figure says: its value, then its change, its total and its meaning, as far as there are such. */
export function figureOf(page: string, name: string): { value: string; notes: string[] } {
  const block = page.split('class="figure"').find((each) => each.includes(`<dt>${name}</dt>`)) ?? '';
  const [value = '', ...notes] = [...block.matchAll(/<dd[^>]*>([^<]*)<\/dd>/g)].map(([, words = '']) => words);
  return { value, notes };
}

/** Rows of a table by their first cell, with the words of the others. */
export function rowsOf(page: string, caption: string): Record<string, string[]> {
  const table =
    page
      .split('<table')
      .slice(1)
      .find((each) => each.split('</caption>')[0]?.includes(caption)) ?? '';
  const [, body = ''] = table.split('<tbody>');
  const rows = (body.split('</tbody>')[0] ?? '').split('<tr>').slice(1);
  return Object.fromEntries(
    rows.map((row) => {
      const [first = '', ...cells] = [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, words = '']) =>
        words.replaceAll(/<[^>]*>/g, '').trim(),
      );
      return [first, cells];
    }),
  );
}
