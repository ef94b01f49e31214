import type { Acts } from './acts.ts';
import type { SecretariatDesk } from './desk.reads.ts';

const LABELS = ['section_label', 'key_label', 'key2_label'] as const;

interface CsvOptions {
  /** Slug of the only one. */
  space: string | null;
  /** Where an event is read. */
  eventUrl(id: string): string;
  /** Words for codes, in columns of their own. */
  labels?: ((row: Row) => Record<(typeof LABELS)[number], string>) | undefined;
}

export interface Row {
  section: string;
  key: string;
  /** What is counted of it; or the second half of a pair. */
  key2: string;
  value: number | string;
}

/** Everything on the desk as one tidy table: its columns and its rows. */
export function deskTable(desk: SecretariatDesk, { space, eventUrl, labels }: CsvOptions) {
  const plain = rowsOf(desk, eventUrl).map((row) => ({ ...row, week: desk.week.name, space: space ?? 'all' }));
  const rows = labels ? plain.map((row) => ({ ...row, ...labels(row) })) : plain;
  const columns = [...['section', 'key', 'key2', 'value', 'week', 'space'], ...(labels ? LABELS : [])];
  return { rows, columns: columns.map((key) => ({ key, header: key })) };
}

function rowsOf(desk: SecretariatDesk, eventUrl: (id: string) => string): Row[] {
  const { figures, before, total, alignments, modes, exchanges, translations, corrections, recognised, missing } = desk;
  const one = (section: string, key: string, key2: string, value: number | string): Row => ({
    section,
    key,
    key2,
    value,
  });
  return [
    ...Object.entries({ week: figures, before, total }).flatMap(([when, each]) =>
      Object.entries(each).map(([name, value]) => one('figures', name, when, value)),
    ),
    ...alignments.map(({ key, count }) => one('comments', key, '', count)),
    ...modes.map(({ key, count }) => one('held', key, '', count)),
    ...actRows('theme', desk.actsBySpace),
    ...actRows('language', desk.actsByLanguage),
    ...exchanges.flatMap(({ idea, language, comments, endorsements }) => [
      one('comments-by-languages', idea, language, comments),
      one('endorsements-by-languages', idea, language, endorsements),
    ]),
    ...Object.entries(translations).map(([name, value]) => one('translations', name, '', value)),
    ...corrections.map(({ by, before: from, after, count }) => one(`corrections-by-${by}`, from, after, count)),
    ...Object.entries(recognised).map(([name, value]) => one('recognised', name, '', value)),
    ...missing.map(({ id, title, organizer }) => one('missing-reports', title, organizer ?? '', eventUrl(id))),
  ];
}

function actRows(section: string, acts: readonly Acts[]): Row[] {
  return acts.flatMap(({ key, numbers }) =>
    Object.entries(numbers).map(([key2, value]) => ({ section, key, key2, value })),
  );
}
