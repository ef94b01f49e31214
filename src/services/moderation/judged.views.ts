import { html, type Html } from '../../platform/html.ts';
import { sentence, type T } from '../../platform/i18n.ts';
import type { Kind } from '../house/kinds.ts';
import { langAttributes } from '../site/languages.ts';
import { excerpt } from '../texts/markdown.ts';
import type { ShownText } from '../texts/texts.reads.ts';
import { chosenWords, showAuthor, showCardLine, showName, type Name } from '../texts/texts.views.ts';
import type { Written } from './judged.reads.ts';

/** As much of a text as tells it from others. */
const NAME_CHARACTERS = 60;

/** What controls call a text: its title or first words as they were written, which are nobody else's. */
export function nameOfText({ title, body, language }: ShownText): Name {
  return { words: title || excerpt(body, NAME_CHARACTERS), language };
}

/** What a text answers, in the words in which the reader would meet it, labelled where a machine's, with the way there. */
export function showAnswered(answered: Written | null, kinds: readonly Kind[], t: T): Html {
  const kind = kinds.find((each) => each.kind === answered?.kind);
  if (!answered || !kind) return html``;
  const { text, author, source } = answered;
  const href = `/${t.language}${kind.path(answered)}`;
  const words = chosenWords(text, 'translation');
  const about = nameOfText(text);
  const what = html`<a href="${href}">${t(kind.noun)}</a>`;
  const by = source && !author ? html`` : html` · ${showAuthor(author, t)}`;
  return html`<section class="answered">
    <p class="hint">${sentence(t, 'moderation:answers', { what })}${by}</p>
    <blockquote class="quote" ${langAttributes(words.language)}>
      ${words.title ? html`<p><b>${showName(words, t, { isBrief: true })}</b></p>` : ''}
      <p>${excerpt(words.body)}</p>
    </blockquote>
    ${showCardLine(text, { t, view: 'translation', path: href, about }, href)}
  </section>`;
}
