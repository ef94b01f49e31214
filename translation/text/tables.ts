/** Cells of a table that are missing are added, so that few letters can make many: a text that could have more than these has no tables. */
const MOST_CELLS = 2_000;
/** Under the heads of a table: nothing but these signs, also inside a list or a quotation. */
const RULE = /^[\s>*+\d.)|:-]+$/;

/** Whether a text asks for more cells than anybody reads. */
export function hasTooManyCells(source: string): boolean {
  const lines = source.split('\n');
  const widths = lines.filter((line) => RULE.test(line)).map((line) => line.split('|').length);
  return Math.max(0, ...widths) * lines.length > MOST_CELLS;
}
