import { fieldsOf } from '../../platform/http/body.ts';
import type { Routed } from '../../platform/http/context.ts';
import { forbidden, notFound } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import type { House } from '../house/house.ts';
import type { CountedSpace } from '../house/spaces.ts';
import { keepingFields } from '../site/forms.ts';
import { emptyForm, titleWithErrors, type FormState } from '../site/forms.views.ts';
import { personOf, seeOther } from '../site/requests.ts';
import { saidLanguage } from '../texts/texts.views.ts';
import type { Contribution, ContributionKind } from './contribution.ts';
import { formPage } from './form.views.ts';

/** The forms of a kind: `show` a new or an own one, and `take` what was typed. */
export function formsOf<Shown extends Contribution, Input extends object>(
  { site, languages, jobs, spacesIn }: House,
  of: ContributionKind<Shown, Input>,
) {
  const { choose } = of.form;

  /** Null for a new one. Asks a stranger to sign in first. */
  async function show(ctx: Routed, id: string | null): Promise<void> {
    personOf(ctx);
    if (id === null) return send(ctx, { ...emptyForm, values: of.form.begin?.() ?? {} }, null);
    const own = await ownOf(ctx, id);
    const { text } = own;
    const words = { title: text.title ?? '', body: text.body, language: saidLanguage(text) };
    await send(ctx, { values: { ...of.values(own), ...words, version: String(text.version) }, errors: [] }, id);
  }

  /** What is posted or saved, or the form again with what is wrong; a person who was signed out keeps the words. */
  async function take(ctx: Routed, id: string | null): Promise<void> {
    const { em, person, language: interfaceLanguage } = ctx.state;
    const fields = fieldsOf(ctx.request.body);
    if (!person) return send(ctx, { values: fields, errors: [] }, id, 401);
    const doing = { languages, jobs, person };
    const work = async () => {
      if (id === null) {
        const space = await spaceOf(ctx, choose ? (fields['space'] ?? '') : (ctx.params['slug'] ?? ''));
        const posting = { space, input: inputOf(fields), interfaceLanguage, key: fields['key'] };
        const posted = await of.post(em, doing, posting);
        return seeOther(ctx, `/${interfaceLanguage}/${of.plural}/${posted}?posted=1`);
      }
      const own = await ownOf(ctx, id);
      const input = inputOf(fields, of.given(own));
      await of.edit(em, doing, { id, version: Number(fields['version']), input, interfaceLanguage });
      seeOther(ctx, `/${interfaceLanguage}/${of.plural}/${id}`);
    };
    await keepingFields(ctx, { fields, first: 'title', work, show: (form, status) => send(ctx, form, id, status) });
  }

  async function send(ctx: Routed, form: FormState, id: string | null, status = 200): Promise<void> {
    const { t, person, language } = ctx.state;
    const signedOut = status === 401;
    const all = await spacesIn(language);
    const spaces = choose ? all.filter((space) => signedOut || (person && choose.mayPost(person, space.id))) : [];
    if (choose && spaces.length === 0) throw forbidden();
    const space = choose ? null : await spaceIn(ctx, id);
    const title = titleWithErrors(t(id ? of.words.editTitle : of.words.newTitle), form, t);
    const body = formPage({ of, id, space, spaces, languages: languages.all, form, signedOut }, t);
    await site.send(ctx, { title, body, unlisted: true, current: of.plural }, status);
  }

  /** The space of a new one by the address, of an old one by itself. */
  async function spaceIn(ctx: Routed, id: string | null): Promise<CountedSpace> {
    const { em, reader } = ctx.state;
    const slug = id === null ? (ctx.params['slug'] ?? '') : (await of.find(em, id, reader)).spaceSlug;
    return spaceOf(ctx, slug);
  }

  async function spaceOf(ctx: Routed, slug: string): Promise<CountedSpace> {
    const space = (await spacesIn(ctx.state.language)).find((each) => each.slug === slug);
    if (!space) throw notFound();
    return space;
  }

  /** Throws 403 for what others wrote, and for what is closed. */
  async function ownOf(ctx: Routed, id: string): Promise<Shown> {
    const own = await of.find(ctx.state.em, id, ctx.state.reader);
    if (own.author?.id !== personOf(ctx).id || own.state !== 'open') throw forbidden();
    return own;
  }

  /** What no form asks for stays as it was given. Throws 422. */
  function inputOf(fields: Record<string, string>, given: object = {}): Input {
    const typed = { ...fields, language: fields['language'] || null };
    return parse(of.input, { ...given, ...typed, ...of.typed?.(fields) });
  }

  return { show, take, ownOf };
}
