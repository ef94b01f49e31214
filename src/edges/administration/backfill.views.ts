import type { NamedSpace } from '../../services/house/spaces.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatDate, formatNumber, sentence, type T } from '../../platform/i18n.ts';
import { choice, errorSummary, type FormState } from '../../services/site/forms.views.ts';
import { icon } from '../../services/site/icon.ts';
import { langAttributes, languageOptions, nameOf } from '../../services/site/languages.ts';
import { installHint } from '../../services/engines/engines.views.ts';
import type { EngineForecast, Forecast } from '../../services/engines/forecast.ts';
import { formatDuration, formatEuro } from '../../platform/formats.ts';
import { scroller } from '../../services/site/scroller.views.ts';

interface Choices {
  spaces: readonly NamedSpace[];
  languages: readonly string[];
}

/** Which space and language: leads to the forecast, and changes nothing by itself. */
function scopeForm({ spaces, languages }: Choices, form: FormState, t: T): Html {
  const spaceOptions = spaces.map(({ slug, title, language }) => ({ value: slug, words: title, lang: language }));
  const all = (words: string) => ({ value: '', words });
  const into = [all(t('admin:allLanguages')), ...languageOptions(languages, t)];
  return html`<form class="filters" method="get" action="/${t.language}/admin/translation/backfill">
    <div class="filters-row">
      ${choice({ name: 'space', label: t('admin:space'), options: [all(t('admin:allSpaces')), ...spaceOptions] }, form, t)}
      ${choice({ name: 'language', label: t('admin:intoLanguage'), options: into }, form, t)}
      <button type="submit" class="button button--quiet">${t('admin:forecast')}</button>
    </div>
  </form>`;
}

export interface ForecastPage extends Choices {
  /** Null for all. */
  space: NamedSpace | null;
  language: string | null;
  /** Null before anything was chosen, and when what was asked for is not there. */
  forecast: Forecast | null;
  /** True when models translate on this machine already. */
  hasModels: boolean;
  form: FormState;
}

/** What it would take, before anything starts; the button starts it. */
export function forecastPage(page: ForecastPage, t: T): Html {
  const { forecast, form } = page;
  return html`${errorSummary(form, t)}
    <header class="stack">
      <h1>${t('admin:backfill')}</h1>
      <p class="lead">${forecast ? scopeWords(page, t) : t('admin:backfillsMeaning')}</p>
      <p><a href="/${t.language}/admin/translation#backfills">${t('admin:backToTranslation')}</a></p>
    </header>
    ${forecast ? forecastView(page, forecast, t) : ''}
    <section class="section stack">
      <h2>${forecast ? t('admin:otherScope') : t('admin:chooseScope')}</h2>
      ${scopeForm(page, form, t)}
    </section>`;
}

/** `Climate, into Português`. */
export function scopeWords({ space, language }: { space: NamedSpace | null; language: string | null }, t: T): Html {
  const parts = {
    space: space ? html`<span ${langAttributes(space.language)}>${space.title}</span>` : html`${t('admin:allSpaces')}`,
    language: language ? nameOf(language, t) : html`${t('admin:allLanguages')}`,
  };
  return sentence(t, 'admin:scope', parts);
}

function forecastView({ space, language, hasModels }: ForecastPage, forecast: Forecast, t: T): Html {
  const { texts, translations, withoutWay, engines } = forecast;
  const number = (value: number) => formatNumber(value, t.language);
  const facts: [string, string][] = [
    [t('admin:forecastTexts'), number(texts)],
    [t('admin:forecastTranslations'), number(translations)],
    [t('admin:forecastCharacters'), number(forecast.characters)],
    [t('admin:forecastEuro'), formatEuro(forecast.euro, t.language)],
    [t('admin:forecastTime'), formatDuration(Math.ceil(forecast.seconds), t.language)],
    [t('admin:forecastNoRoute'), number(withoutWay)],
  ];
  const hint = withoutWay > 0 && !hasModels ? installHint(t) : '';
  const lacking = withoutWay > 0 ? t('admin:withoutEngine', { count: withoutWay, number: number(withoutWay) }) : '';
  if (translations === 0)
    return html`<section class="section empty"><h2>${t('admin:nothingMissing')}</h2>
      <p>${t('admin:nothingMissingHint')} ${lacking}</p>
      ${hint}</section>`;
  return html`<section class="section stack">
    <h2>${t('admin:whatItTakes')}</h2>
    <dl class="forecast">
      ${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div> `)}
    </dl>
    <p class="hint">${t('admin:forecastMeaning')}</p>
    ${hint} ${engineTable(engines, t)} ${engines.map((each) => budgetNotice(each, t))}
    <form method="post" action="/${t.language}/admin/translation/backfill">
      <input type="hidden" name="space" value="${space?.slug ?? ''}">
      <input type="hidden" name="language" value="${language ?? ''}">
      <p class="actions">
        <button type="submit" class="button">${t('admin:startBackfill')}</button>
        <a class="button button--link" href="/${t.language}/admin/translation">${t('site:cancel')}</a>
      </p>
    </form>
  </section>`;
}

function engineTable(engines: readonly EngineForecast[], t: T): Html {
  const heads = [t('admin:characters'), t('admin:euro'), t('admin:time')];
  return scroller(
    t('admin:byEngine'),
    html`<table>
      <caption>
        <span>${t('admin:byEngine')}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('admin:engine')}</th>
          ${heads.map((head) => html`<th scope="col" class="number">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${engines.map(
          (engine) =>
            html`<tr>
              <th scope="row">${engine.label}</th>
              <td class="number">${formatNumber(engine.characters, t.language)}</td>
              <td class="number">${formatEuro(engine.euro, t.language)}</td>
              <td class="number">${timeOf(engine, t)}</td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  );
}

function timeOf({ seconds, isGuess }: EngineForecast, t: T): Html {
  const time = formatDuration(Math.ceil(seconds), t.language);
  return isGuess ? html`${time} <small>${t('admin:guess')}</small>` : html`${time}`;
}

/** Said only where the budget makes it take longer than the engine would. */
function budgetNotice({ label, budget }: EngineForecast, t: T): Html {
  if (!budget || budget.days === 0) return html``;
  const { leftToday, leftThisMonth, days } = budget;
  const left = Math.min(leftToday ?? Infinity, leftThisMonth ?? Infinity);
  const params = { engine: label, left: formatNumber(left, t.language) };
  const words = Number.isFinite(days)
    ? t('admin:budgetDays', { ...params, count: days, number: formatNumber(days, t.language) })
    : t('admin:budgetNever', { engine: label });
  return html`<div class="notice notice--warning">${icon('clock')}<p>${words}</p></div>`;
}

/** What is told of who did something, and when. */
export function byWhom(by: { name: string; handle: string } | null, at: Date, timeZone: string, t: T): Html {
  const date = formatDate(at, t.language, timeZone, { time: true });
  if (!by) return html`${t('admin:startedOn', { date })}`;
  const name = html`<a href="/${t.language}/people/${by.handle}"><bdi>${by.name}</bdi></a>`;
  return sentence(t, 'admin:startedBy', { name }, { date });
}
