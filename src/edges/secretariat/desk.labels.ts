import { UNDETERMINED } from '#translation/languages.ts';
import type { Key } from '#locales/keys.ts';
import type { T } from '../../platform/i18n.ts';
import type { Figures } from '../../services/house/figures.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { columnsOf } from './acts.ts';
import type { Row } from './desk.csv.ts';

const SECTIONS: Readonly<Record<string, Key>> = {
  figures: 'statistics:weekFigures',
  comments: 'secretariat:alignments',
  held: 'secretariat:modes',
  theme: 'secretariat:byTheme',
  language: 'secretariat:byLanguage',
  'comments-by-languages': 'secretariat:exchangeComments',
  'endorsements-by-languages': 'secretariat:exchangeEndorsements',
  translations: 'secretariat:translations',
  'corrections-by-author': 'secretariat:correctionsByAuthor',
  'corrections-by-moderator': 'secretariat:correctionsByModerator',
  recognised: 'secretariat:recognised',
  'missing-reports': 'secretariat:missingTable',
};

const KEYS: Readonly<Record<string, Key>> = {
  'comments for': 'comments:for',
  'comments against': 'comments:against',
  'comments neutral': 'secretariat:neutral',
  'comments replies': 'secretariat:replies',
  'held in-person': 'events:mode.in-person',
  'held online': 'events:mode.online',
  'held hybrid': 'events:mode.hybrid',
  'translations done': 'secretariat:done',
  'translations waiting': 'secretariat:waiting',
  'translations withoutEngine': 'secretariat:withoutEngine',
  'recognised texts': 'secretariat:recognised',
  'recognised corrected': 'secretariat:recognisedWrongly',
};

const TIMES: Readonly<Record<string, Key>> = {
  week: 'secretariat:inWeek',
  before: 'secretariat:inWeekBefore',
  total: 'secretariat:inAll',
};

/** Words for the codes of a row, as the page has them. A name or a title is its own label. */
export function labelsOf(figures: Figures, spaces: readonly NamedSpace[], t: T) {
  const columns = columnsOf(figures);
  const words = (key: Key | undefined, otherwise: string) => (key ? t(key) : otherwise);
  const names = new Intl.DisplayNames([t.language], { type: 'language' });
  const named = (code: string) => (code === UNDETERMINED ? t('site:unknownLanguage') : (names.of(code) ?? code));
  const isOfLanguages = (section: string) => section.includes('languages') || section.startsWith('corrections');
  const figure = (name: string) => figures.all.find((each) => each.name === name)?.words;

  function keyLabel({ section, key }: Row): string {
    if (section === 'figures') return words(figure(key), key);
    if (section === 'theme') return spaces.find(({ slug }) => slug === key)?.title ?? key;
    if (section === 'language' || isOfLanguages(section)) return named(key);
    return words(KEYS[`${section} ${key}`], key);
  }

  function secondLabel({ section, key2 }: Row): string {
    if (section === 'figures') return words(TIMES[key2], key2);
    if (section === 'theme' || section === 'language')
      return words(columns.find(({ name }) => name === key2)?.words, key2);
    return isOfLanguages(section) ? named(key2) : key2;
  }

  return (row: Row) => ({
    section_label: words(SECTIONS[row.section], row.section),
    key_label: keyLabel(row),
    key2_label: secondLabel(row),
  });
}
