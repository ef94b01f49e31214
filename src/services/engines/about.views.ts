import { formatList } from '../../platform/formats.ts';
import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { interfaceSection, type InterfaceLanguage } from './interface.views.ts';
import { factsOf, matrixSection, type EngineFacts } from './engines.views.ts';
import type { Matrix } from './matrix.ts';

/** An engine as everybody may know it. */
export interface PublicEngine extends EngineFacts {
  label: string;
}

interface AboutPage {
  engines: readonly PublicEngine[];
  matrix: Matrix;
  words: readonly InterfaceLanguage[];
}

/** How texts are translated here: by what, where they go for it, and what can be read from what; and in which languages the pages are. */
export function aboutPage({ engines, matrix, words: languages }: AboutPage, t: T): Html {
  const external = engines.filter(({ local }) => !local).map(({ label }) => label);
  const outside =
    external.length === 0
      ? t('admin:aboutAllLocal')
      : t('admin:aboutOutside', { count: external.length, engines: listOf(external, t) });
  const ofEngines = engines.length === 0 ? [] : [t('admin:aboutTextOnly'), outside];
  const paragraphs = [t('admin:aboutLabelled'), ...ofEngines, t('admin:aboutPeople')];
  return html`<header class="stack">
      <h1>${t('admin:aboutTitle')}</h1>
      <p class="lead">${t('admin:aboutLead')}</p>
    </header>
    <section class="section stack prose">${paragraphs.map((words) => html`<p>${words}</p> `)}</section>
    ${engines.length === 0 ? '' : engineList(engines, t)} ${matrixSection(matrix, t)}
    ${interfaceSection(languages, t)}`;
}

const listOf = (names: readonly string[], t: T): string => formatList(names, t.language);

function engineList(engines: readonly PublicEngine[], t: T): Html {
  const lines = engines.map(
    (engine) =>
      html`<li class="engine">
        <h3>${engine.label}</h3>
        <ul class="meta">
          ${factsOf(engine, t).map((fact) => html`<li>${fact}</li> `)}
        </ul>
      </li> `,
  );
  return html`<section class="section stack" id="engines">
    <div class="section-head"><h2>${t('admin:engines')}</h2></div>
    <ul class="plain engines">
      ${lines}
    </ul>
  </section>`;
}
