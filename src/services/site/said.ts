import type { Key } from '#locales/keys.ts';
import type { Context } from '../../platform/http/context.ts';

/** What the page after an act says of it, once, whichever page that is. */
export interface Said {
  words: Key;
  /** What it was done to: the place of `what` in the words. */
  what: { path: string; noun: Key };
  /** Where one press takes it back: a form that sends `undo`. */
  undo?: string;
}

/** Said on the next page that this person opens. */
export function sayNext(ctx: Context, said: Said): void {
  if (ctx.session) ctx.session['said'] = said;
}

/** What is to be said on this page. Script that looks at a page again, in this window or another, hears nothing. */
export function takeSaid(ctx: Context): Said | null {
  const said: Said | undefined = ctx.session?.['said'];
  if (!said || !ctx.session || !isOpened(ctx)) return null;
  delete ctx.session['said'];
  return said;
}

const isOpened = (ctx: Context): boolean => ['', 'document'].includes(ctx.get('Sec-Fetch-Dest'));
