import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { icon } from '../site/icon.ts';
import type { Named, Office } from './author.ts';

/** Somebody by name, as a link to what else they wrote, with their office. */
export function linkTo({ handle, name, office }: Named, t: T): Html {
  return html`<a href="/${t.language}/people/${handle}"><bdi>${name}</bdi></a>${officeMark(office, t)}`;
}

/** For whom somebody speaks: a picture and a frame that no letters of a name can make. */
export function officeMark(office: Office | null, t: T): Html {
  if (!office) return html``;
  return html` <span class="office" data-office="${office}">${icon('office')}${t(`people:role.${office}`)}</span>`;
}
