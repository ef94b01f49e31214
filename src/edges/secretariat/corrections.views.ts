import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { nameOf } from '../../services/site/languages.ts';
import type { Correction, Corrections } from './corrections.reads.ts';
import { figure } from '../statistics/figures.views.ts';
import { formatShare } from '../statistics/shares.ts';
import { scroller } from '../../services/site/scroller.views.ts';

/** More pairs are in the file. */
const PAIRS = 20;

/** How often languages were recognised wrongly, and what was taken for what. */
export function correctionSection({ corrections, recognised }: Corrections, t: T): Html {
  const number = (value: number) => formatNumber(value, t.language);
  const by = (name: Correction['by']) => sum(corrections.filter((each) => each.by === name));
  const corrected = {
    words: t('secretariat:corrected'),
    meaning: t('secretariat:correctedMeaning'),
    notes: [t('secretariat:correctedBy', { authors: number(by('author')), moderators: number(by('moderator')) })],
  };
  const share = formatShare(recognised.corrected, recognised.texts, t.language);
  const texts = {
    words: t('secretariat:recognised'),
    meaning: t('secretariat:recognisedMeaning'),
    notes: [t('secretariat:recognisedCorrected', { corrected: number(recognised.corrected), share })],
  };
  return html`<section class="section" id="corrections">
    <div class="section-head"><h2>${t('secretariat:corrections')}</h2></div>
    <dl class="figures figures--report">${figure(sum(corrections), corrected, t)}${figure(recognised.texts, texts, t)}</dl>
    ${corrections.length > 0 ? table(pairsOf(corrections), t) : ''}
  </section>`;
}

const sum = (corrections: readonly Correction[]): number => corrections.reduce((all, { count }) => all + count, 0);

/** The same mistake is one line, no matter who corrected it. */
function pairsOf(corrections: readonly Correction[]): Correction[] {
  const pairs = new Map<string, Correction>();
  for (const each of corrections) {
    const known = pairs.get(`${each.before} ${each.after}`);
    pairs.set(`${each.before} ${each.after}`, { ...each, count: each.count + (known?.count ?? 0) });
  }
  return [...pairs.values()].toSorted((a, b) => b.count - a.count);
}

function table(pairs: readonly Correction[], t: T): Html {
  return scroller(
    t('secretariat:correctionsTable'),
    html`<table>
      <caption>
        ${t('secretariat:correctionsTable')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('secretariat:before')}</th>
          <th scope="col">${t('secretariat:after')}</th>
          <th scope="col" class="number">${t('secretariat:number')}</th>
        </tr>
      </thead>
      <tbody>
        ${pairs.slice(0, PAIRS).map(
          ({ before, after, count }) =>
            html`<tr>
              <th scope="row">${nameOf(before, t)}</th>
              <td>${nameOf(after, t)}</td>
              <td class="number">${formatNumber(count, t.language)}</td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  );
}
