import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
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
import { chosenWords, keepView, showName, stateWords, type Showing } from '../../services/texts/texts.views.ts';
import { officeMark } from '../../services/people/people.views.ts';

/** Of a text that the reader reads as it is. */
const EXCERPT_CHARACTERS = 120;

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

/** What the platform is for, then what was said: voices, themes, the newest ideas, the next events, and how it works. */
export function homePage(home: Home, t: T): Html {
  const { voices, events, spaces, totals, preference } = home;
  const showing: Showing = { t, ...preference, path: `/${t.language}` };
  return html`${promise(totals, showing)}
    ${voices.length > 0 ? voicesSection(voices, showing) : ''}
    <section class="section" id="themes">
      ${head(t('site:nav.themes'), `/${t.language}/spaces`, t('site:home.allThemes'))}
      ${spaceIndex(spaces, t)}
    </section>
    ${newestSection(home, showing)}
    ${events.length > 0 ? eventsSection(events, showing) : ''}
    ${howSection(t)}`;
}

function promise({ ideas, participants, languages }: Totals, { t, path, ...preference }: Showing): Html {
  return html`<div class="promise">
    <div>
      <h1><span>${t('site:home.write')}</span> <span>${t('site:home.beRead')}</span></h1>
      <p class="lead">${t('site:home.lead')}</p>
      <p class="actions">
        <a class="button" href="${path}/ideas/new">${t('ideas:share')}</a>
        <a class="button button--quiet" href="${keepView(`${path}/ideas`, preference)}">${t('site:home.read')}</a>
      </p>
    </div>
    <dl class="figures">
      ${figure(ideas, t('statistics:ideas'), t('statistics:ideasTotalMeaning'), t)}
      ${figure(participants, t('statistics:participants'), t('statistics:participantsTotalMeaning'), t)}
      ${figure(languages, t('statistics:languages'), t('statistics:languagesMeaning'), t)}
    </dl>
  </div>`;
}

function figure(value: number, name: string, meaning: string, t: T): Html {
  return html`<div class="figure">
    <dt>${name}</dt>
    <dd class="value">${formatNumber(value, t.language)}</dd>
    <dd>${meaning}</dd>
  </div>`;
}

function voicesSection(voices: readonly ShownIdea[], showing: Showing): Html {
  return html`<section aria-labelledby="said">
    <h2 id="said" class="hidden">${showing.t('site:home.voices')}</h2>
    <ul class="voices">
      ${voices.map((idea) => voice(idea, showing))}
    </ul>
  </section>`;
}

/** A title as somebody wrote it, large; what it says in the reader's language below it, or that no engine can say it. */
function voice(idea: ShownIdea, { t, ...preference }: Showing): Html {
  const { text, author } = idea;
  const href = keepView(`/${t.language}/ideas/${idea.id}`, preference);
  const original = langAttributes(text.language);
  const language = html`<b ${original}>${autonymOf(text.language, t)}</b>`;
  return html`<li class="voice" data-subject="${idea.id}">
    <p class="voice-who">${language}${author ? html`<bdi>${author.name}</bdi>${officeMark(author.office, t)}` : ''}</p>
    <blockquote class="voice-original" ${original}><a href="${href}">${text.title}</a></blockquote>
    ${voiceTranslation(text, t)}
  </li>`;
}

function voiceTranslation(text: ShownIdea['text'], t: T): Html {
  const { translation, body } = text;
  if (!translation) return html`<p class="voice-translation">${excerpt(body, EXCERPT_CHARACTERS)}</p>`;
  if (translation.state !== 'ready') return html`<p class="voice-translation">${stateWords(text, translation, t)}</p>`;
  const words = chosenWords(text, 'translation');
  return html`<p class="voice-translation translated" ${langAttributes(words.language)}>${showName(words, t)}</p>`;
}

/** New ones announce themselves above the list. */
function newestSection({ newest, spaces, timeZone }: Home, showing: Showing): Html {
  const { t, path, ...preference } = showing;
  const spaceOf = (idea: ShownIdea) => spaces.find(({ id }) => id === idea.spaceId) ?? null;
  const words = pluralForms('pill', 'site:live.newIdeas', t);
  return html`<section class="section">
    <div class="section-head">
      <h2>${t('site:home.newest')}</h2>
      <div class="live-slot" role="status" data-kind="idea"${words} data-pill-href="${path}"></div>
      <a href="${keepView(`${path}/ideas`, preference)}">${t('site:home.allIdeas')}</a>
    </div>
    <div class="cards--two">
      ${newest.map((idea) => ideaCard(idea, spaceOf(idea), showing, timeZone))}
    </div>
  </section>`;
}

function eventsSection(events: readonly ShownEvent[], showing: Showing): Html {
  const { t, path, ...preference } = showing;
  return html`<section class="section">
    ${head(t('events:next'), keepView(`${path}/events`, preference), t('events:allEvents'))}
    ${events.map((event) => eventRow(event, showing))}
  </section>`;
}

const head = (title: string, href: string, words: string): Html =>
  html`<div class="section-head">
    <h2>${title}</h2>
    <a href="${href}">${words}</a>
  </div>`;

function howSection(t: T): Html {
  const steps = [
    [t('site:home.step1'), t('site:home.step1Body')],
    [t('site:home.step2'), t('site:home.step2Body')],
    [t('site:home.step3'), t('site:home.step3Body')],
  ];
  return html`<section class="section">
    <div class="section-head"><h2>${t('site:home.how')}</h2></div>
    <ol class="steps3">
      ${steps.map(([title, body]) => html`<li><h3>${title}</h3><p>${body}</p></li>`)}
    </ol>
  </section>`;
}
