import { html, type Html } from '../platform/html.ts';
import type { T } from '../platform/i18n.ts';
import { errorSummary, field, signedOutNotice, type FormState } from '../site/forms.views.ts';
import { REASON_CHARACTERS } from './moderation.ts';

/** Asks for the reason before anything is hidden or restored. `action` is where the form goes, `back` where the person came from. */
export function reasonPage(
  type: 'hidden' | 'restored',
  { title, action, back, signedOut }: { title: string; action: string; back: string; signedOut: boolean },
  form: FormState,
  t: T,
): Html {
  const words = type === 'hidden' ? t('moderation:hideTitle') : t('moderation:restoreTitle');
  return html`<div class="folio"><div>${errorSummary(form, t)}${signedOut ? signedOutNotice(t) : ''}<header class="stack"><h1>${words}</h1><p class="lead"><bdi>${title}</bdi></p></header>
<form class="section" method="post" action="${action}" novalidate>${field({ name: 'reason', label: t('moderation:reason'), hint: t('moderation:reasonHint', { max: REASON_CHARACTERS }), rows: 5, max: REASON_CHARACTERS }, form, t)}
<p class="section actions"><button type="submit" class="button${type === 'hidden' ? ' button--danger' : ''}">${type === 'hidden' ? t('moderation:hide') : t('moderation:restore')}</button><a class="button button--link" href="${back}">${t('site:cancel')}</a></p></form></div></div>`;
}
