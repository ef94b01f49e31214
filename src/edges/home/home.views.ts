import { autonym, direction } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T, type Words } from '../../platform/i18n.ts';
import { eventRow } from '../../kinds/events/events.views.ts';
import type { ShownEvent } from '../../kinds/events/events.reads.ts';
import { ideaCard } from '../../kinds/ideas/ideas.views.ts';
import type { ShownIdea } from '../../kinds/ideas/ideas.reads.ts';
import { autonymOf, langAttributes } from '../../services/site/languages.ts';
import { pluralForms } from '../../services/site/plurals.ts';
import { spaceIndex } from '../../kinds/spaces/spaces.views.ts';
import type { CountedSpace } from '../../services/house/spaces.ts';
import { excerpt } from '../../services/texts/markdown.ts';
import type { Preference } from '../../platform/reader.ts';
import { keepView, stateWords, type Showing } from '../../services/texts/texts.views.ts';

export interface Totals {
  ideas: number;
  participants: number;
  languages: number;
}

interface Home {
  /** The newest, one a language, original beside translation. */
  voices: readonly ShownIdea[];
  newest: readonly ShownIdea[];
  /** The next ones. */
  events: readonly ShownEvent[];
  spaces: readonly CountedSpace[];
  totals: Totals;
  preference: Preference;
  timeZone: string;
}

export function homePage({ voices, newest, events, spaces, totals, preference, timeZone }: Home, t: T): Html {
  const home = `/${t.language}`;
  const showing = { t, ...preference, path: home };
  return html`<div class="promise"><div><h1><span>${t('site:home.write')}</span> <span>${t('site:home.beRead')}</span></h1><p class="lead">${t('site:home.lead')}</p>
<p class="actions"><a class="button" href="${home}/spaces">${t('ideas:share')}</a><a class="button button--quiet" href="${keepView(`${home}/ideas`, preference)}">${t('site:home.read')}</a></p></div>
<dl class="figures">${figure(totals.ideas, t('statistics:ideas'), t('statistics:ideasTotalMeaning'), t)}${figure(totals.participants, t('statistics:participants'), t('statistics:participantsTotalMeaning'), t)}${figure(totals.languages, t('statistics:languages'), t('statistics:languagesMeaning'), t)}</dl></div>
${voices.length > 0 ? html`<section aria-labelledby="said"><h2 id="said" class="hidden">${t('site:home.voices')}</h2><ul class="voices">${voices.map((idea) => voice(idea, showing))}</ul></section>` : ''}
<section class="section" id="themes"><div class="section-head"><h2>${t('site:nav.themes')}</h2><a href="${home}/spaces">${t('site:home.allThemes')}</a></div>${spaceIndex(spaces, t)}</section>
<section class="section"><div class="section-head"><h2>${t('site:home.newest')}</h2><div class="live-slot" role="status" data-kind="idea"${pluralForms('pill', 'site:live.newIdeas', t)} data-pill-href="${home}"></div><a href="${keepView(`${home}/ideas`, preference)}">${t('site:home.allIdeas')}</a></div>
<div class="cards--two">${newest.map((idea) => ideaCard(idea, spaces.find((space) => space.id === idea.spaceId) ?? null, showing, timeZone))}</div></section>
${events.length > 0 ? html`<section class="section"><div class="section-head"><h2>${t('events:next')}</h2><a href="${keepView(`${home}/events`, preference)}">${t('events:allEvents')}</a></div>${events.map((event) => eventRow(event, showing))}</section>` : ''}
<section class="section"><div class="section-head"><h2>${t('site:home.how')}</h2></div><ol class="steps3"><li><h3>${t('site:home.step1')}</h3><p>${t('site:home.step1Body')}</p></li><li><h3>${t('site:home.step2')}</h3><p>${t('site:home.step2Body')}</p></li><li><h3>${t('site:home.step3')}</h3><p>${t('site:home.step3Body')}</p></li></ol></section>`;
}

/** A title as somebody wrote it, large; what it says in the reader's language beside it, or that no engine can say it. */
function voice(idea: ShownIdea, { t, ...preference }: Showing): Html {
  const { text } = idea;
  const { translation } = text;
  const href = keepView(`/${t.language}/ideas/${idea.id}`, preference);
  const below =
    translation?.state === 'ready'
      ? html`<p class="voice-translation translated" ${langAttributes(translation.language)}>${translation.title}</p>`
      : translation
        ? html`<p class="voice-translation">${stateWords(text, translation, t)}</p>`
        : html`<p class="voice-translation">${excerpt(text.body, 120)}</p>`;
  return html`<li class="voice" data-subject="${idea.id}"><p class="voice-who"><b ${langAttributes(text.language)}>${autonymOf(text.language, t)}</b>${idea.author ? html`<bdi>${idea.author.name}</bdi>` : ''}</p>
<blockquote class="voice-original" ${langAttributes(text.language)}><a href="${href}">${text.title}</a></blockquote>${below}</li>`;
}

function figure(value: number, name: string, meaning: string, t: T): Html {
  return html`<div class="figure"><dt>${name}</dt><dd class="value">${formatNumber(value, t.language)}</dd><dd>${meaning}</dd></div>`;
}

/** The front door: every interface language by its own name, the browser's first. */
export function chooseLanguagePage(words: Words, suggested: string): Html {
  const { languages } = words;
  const t = words.in(suggested);
  const order = [suggested, ...languages.filter((code) => code !== suggested)];
  return html`<div class="promise"><div><h1>${t('site:choose.title')}</h1><p class="lead">${languages.filter((code) => code !== t.language).map((code, index) => html`${index > 0 ? ' · ' : ''}<span ${langAttributes(code)}>${words.in(code)('site:choose.title')}</span>`)}</p></div></div>
<ul class="choose">${order.map((code) => html`<li${code === suggested ? html` class="is-suggested"` : ''}><a href="/${code}" lang="${code}" hreflang="${code}" dir="${direction(code)}">${autonym(code)}</a></li>`)}</ul>
<p class="hint section">${t('site:choose.hint')}</p>`;
}
