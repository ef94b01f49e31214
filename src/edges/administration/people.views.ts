import { html, type Html } from '../../platform/html.ts';
import { sentence, type T } from '../../platform/i18n.ts';
import { ROLES } from '../../platform/person.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import type { Account } from '../../services/people/granting.ts';
import { atHandle } from '../../services/people/people.views.ts';
import { choice, emptyForm, field } from '../../services/site/forms.views.ts';
import { icon } from '../../services/site/icon.ts';
import { langAttributes } from '../../services/site/languages.ts';

/** Find somebody; without a word all who have a role. */
export function peoplePage({ asked, people }: { asked: string; people: readonly Account[] }, t: T): Html {
  const form = { ...emptyForm, values: { who: asked } };
  const none = html`<p class="empty">${t('admin:nobodyFound')}</p>`;
  return html`<header class="stack">
      <a class="back" href="/${t.language}/admin">${icon('back', { turn: true })}${t('admin:title')}</a>
      <h1>${t('admin:people')}</h1>
      <p class="lead">${t('admin:peopleLead')}</p>
    </header>
    <search class="section">
      <form method="get" action="/${t.language}/admin/people">
        ${field({ name: 'who', label: t('admin:findPerson'), hint: t('admin:findPersonHint') }, form, t)}
        <p class="actions"><button type="submit" class="button">${t('admin:find')}</button></p>
      </form>
    </search>
    <section class="section" aria-labelledby="found">
      <div class="section-head"><h2 id="found">${t(asked ? 'admin:found' : 'admin:haveRoles')}</h2></div>
      ${people.length === 0 ? none : html`<ul class="plain places">${people.map((each) => line(each, t))}</ul>`}
    </section>`;
}

function line({ handle, name, roles, blockedAt }: Account, t: T): Html {
  const names = [...new Set(roles.map((role) => t(`people:role.${role.name}`)))];
  const facts = blockedAt ? [...names, t('admin:isBlocked')] : names;
  return html`<li>
      <a href="/${t.language}/admin/people/${handle}"><bdi>${name}</bdi></a> ${atHandle(handle)}
      <p class="hint">${facts.length > 0 ? facts.join(' · ') : t('admin:noRoles')}</p>
    </li> `;
}

interface AccountPage {
  account: Account;
  spaces: readonly NamedSpace[];
  isDone: boolean;
}

/** What somebody may do here, and how to change it. */
export function accountPage({ account, spaces, isDone }: AccountPage, t: T): Html {
  const { handle, name, blockedAt, roles } = account;
  const own = `/${t.language}/admin/people/${handle}`;
  const done = html`<p class="notice notice--success" role="status">${icon('check')}<span>${t('people:saved')}</span></p>`;
  const blocked = html`<p class="notice notice--warning">${icon('warn')}<span>${t('admin:isBlocked')}</span></p>`;
  const list = html`<ul class="plain">${roles.map((role) => held(role, { own, spaces }, t))}</ul>`;
  const toBlock = html`<a class="button button--danger" href="${own}/block">${t('admin:block')}</a>`;
  return html`<div class="folio"><div>
    <header class="stack">
      <a class="back" href="/${t.language}/admin/people">${icon('back', { turn: true })}${t('admin:people')}</a>
      <h1><bdi>${name}</bdi></h1>
      <p class="lead"><a href="/${t.language}/people/${handle}">${atHandle(handle)}</a></p>
      ${isDone ? done : ''}${blockedAt ? blocked : ''}
    </header>
    <section class="section" aria-labelledby="roles">
      <div class="section-head"><h2 id="roles">${t('admin:roles')}</h2></div>
      ${roles.length === 0 ? html`<p>${t('admin:noRoles')}</p>` : list}
      ${blockedAt ? '' : giveForm(own, spaces, t)}
    </section>
    <section class="section actions">${blockedAt ? unblockForm(own, t) : toBlock}</section>
  </div></div>`;
}

function held(
  { id, name, spaceId }: Account['roles'][number],
  { own, spaces }: { own: string; spaces: readonly NamedSpace[] },
  t: T,
): Html {
  const space = spaces.find((each) => each.id === spaceId);
  const where = space ? html`<span ${langAttributes(space.language)}>${space.title}</span>` : t('admin:everywhere');
  const role = t(`people:role.${name}`);
  return html`<li>
    <form class="actions" method="post" action="${own}/roles/${id}/take">
      <span>${role} · ${where}</span>
      <button type="submit" class="button button--quiet">${t('admin:takeRole')}<span class="hidden"> (${role})</span></button>
    </form>
  </li>`;
}

function giveForm(own: string, spaces: readonly NamedSpace[], t: T): Html {
  const roles = ROLES.map((value) => ({ value, words: t(`people:role.${value}`) }));
  const places = spaces.map(({ slug, title, language }) => ({ value: slug, words: title, lang: language }));
  const everywhere = { value: '', words: t('admin:everywhere') };
  return html`<form class="section" method="post" action="${own}/roles">
    ${choice({ name: 'role', label: t('admin:role'), options: roles }, emptyForm, t)}
    ${choice({ name: 'space', label: t('admin:space'), hint: t('admin:roleSpaceHint'), options: [everywhere, ...places] }, emptyForm, t)}
    <p class="actions"><button type="submit" class="button">${t('admin:giveRole')}</button></p>
  </form>`;
}

const unblockForm = (own: string, t: T): Html =>
  html`<form method="post" action="${own}/unblock">
    <button type="submit" class="button button--quiet">${t('admin:unblock')}</button>
  </form>`;

/** Asks before somebody is kept out. */
export function blockPage({ handle, name }: Account, t: T): Html {
  const own = `/${t.language}/admin/people/${handle}`;
  return html`<div class="folio"><div class="stack">
    <h1>${sentence(t, 'admin:blockQuestion', { name: html`<bdi>${name}</bdi>` })}</h1>
    <p class="lead">${t('admin:blockMeaning')}</p>
    <form method="post" action="${own}/block">
      <p class="actions">
        <button type="submit" class="button button--danger">${t('admin:block')}</button>
        <a class="button button--link" href="${own}">${t('site:cancel')}</a>
      </p>
    </form>
  </div></div>`;
}
