import { commaOf } from '../../platform/formats.ts';
import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { showAuthor } from '../../services/texts/texts.views.ts';
import type { ShownEvent } from './events.reads.ts';
import { spoken } from './events.views.ts';
import { countryName, zoneName } from '../../services/site/places.ts';

/** Where, in which languages, by whom. */
export function facts(event: ShownEvent, t: T): Html {
  const { address, country, author, languages, mode } = event;
  const place = [address, country ? countryName(country, t.language) : null]
    .filter((each) => each !== null)
    .join(commaOf(t.language));
  const rows = [
    fact(t('events:mode'), t(`events:mode.${mode}`)),
    place ? fact(t('events:where'), html`<bdi>${place}</bdi>`) : '',
    event.hasLink ? fact(t('events:online'), link(event, t)) : '',
    languages.length > 0 ? fact(t('events:spoken'), spoken(event, t)) : '',
    fact(t('events:organizer'), showAuthor(author, t)),
    fact(t('events:clock'), html`<bdi>${zoneName(event.timeZone, t.language)}</bdi>`),
  ];
  return html`<dl class="facts">${rows}</dl>`;
}

/** Where it is met online, or who will see that. */
function link({ url, onlineUrlFor }: ShownEvent, t: T): Html {
  if (url === null)
    return html`${t(onlineUrlFor === 'registered' ? 'events:linkFor.registered' : 'events:linkFor.signed-in')}`;
  const leave = `/${t.language}/leave?to=${encodeURIComponent(url)}`;
  return html`<a href="${leave}" rel="nofollow">${t('events:onlineLink')}</a>`;
}

const fact = (name: string, value: Html | string): Html =>
  html`<dt>${name}</dt>
    <dd>${value}</dd>`;

/** What can be done with an event beside what can be done with every contribution. */
export function staffActs({ id, official }: ShownEvent, may: { cancel: boolean; markOfficial: boolean }, t: T): Html[] {
  const base = `/${t.language}/events/${id}`;
  const words = t(official ? 'events:unmarkOfficial' : 'events:markOfficial');
  const mark = html`<form method="post" action="${base}/official">
    <button type="submit" class="button button--quiet" name="official" value="${official ? '0' : '1'}">${words}</button>
  </form>`;
  const cancel = html`<a class="button button--quiet" href="${base}/cancel">${t('events:cancel')}</a>`;
  return [...(may.cancel ? [cancel] : []), ...(may.markOfficial ? [mark] : [])];
}
