import { randomUUID } from 'node:crypto';

import { fieldsOf } from '../../platform/http/body.ts';
import type { Routed } from '../../platform/http/context.ts';
import { forbidden, notFound, type FieldError } from '../../platform/http/errors.ts';
import { parse } from '../../platform/input.ts';
import type { Person } from '../../platform/person.ts';
import type { Act } from '../house/acts.ts';
import type { House } from '../house/house.ts';
import type { CountedSpace } from '../house/spaces.ts';
import { keepingFields } from '../site/forms.ts';
import { emptyForm, titleWithErrors, type FormState } from '../site/forms.views.ts';
import { paramOf, personOf, queryOf, seeOther } from '../site/requests.ts';
import { may, whereMay } from '../subjects/gate.ts';
import { findSubject } from '../subjects/subjects.ts';
import { saidLanguage } from '../texts/texts.views.ts';
import type { Contribution, ContributionKind } from './contribution.ts';
import { formPage } from './form.views.ts';

/** A form: the kind it is of, and the one it changes; null for a new one. */
export interface Asked<Shown extends Contribution, Input extends object> {
  house: House;
  of: ContributionKind<Shown, Input>;
  id: string | null;
}

/** The form, as it begins. Throws 401 with the way to sign in. */
export async function showForm<S extends Contribution, I extends object>(
  ctx: Routed,
  asked: Asked<S, I>,
): Promise<void> {
  const { of, id } = asked;
  personOf(ctx);
  const space = paramOf(ctx, 'slug') || (queryOf(ctx, 'space') ?? '');
  if (id === null) return send(ctx, asked, { ...emptyForm, values: { ...of.form.begin?.(), space } });
  await send(ctx, asked, { values: await savedValues(ctx, of, id), errors: [] });
}

async function savedValues<S extends Contribution, I extends object>(
  ctx: Routed,
  of: ContributionKind<S, I>,
  id: string,
): Promise<Record<string, string>> {
  const own = await findOwn(ctx, of, id);
  const { text, revision } = own;
  const words = { title: text.title ?? '', body: text.body, language: saidLanguage(text) };
  return { ...of.values(own), ...words, version: String(revision) };
}

/** What is posted or saved, or the form again with what is wrong; a person who was signed out keeps the words. */
export async function takeForm<S extends Contribution, I extends object>(
  ctx: Routed,
  asked: Asked<S, I>,
): Promise<void> {
  const { of, id } = asked;
  const { person, language } = ctx.state;
  const fields = fieldsOf(ctx.request.body);
  if (!person) return send(ctx, asked, { values: fields, errors: [] }, 401);
  const work = async () => {
    const path =
      id === null ? `${await post(ctx, asked, fields, person)}?posted=1` : await save(ctx, asked, fields, person);
    seeOther(ctx, `/${language}/${of.plural}/${path}`);
  };
  const saved = id === null ? {} : { saved: () => savedValues(ctx, of, id) };
  const show = (form: FormState, status: number) => send(ctx, asked, form, status);
  await keepingFields(ctx, { fields, first: 'title', work, ...saved, show });
}

async function post<S extends Contribution, I extends object>(
  ctx: Routed,
  { house, of }: Asked<S, I>,
  fields: Record<string, string>,
  person: Person,
): Promise<string> {
  const { em, language: interfaceLanguage } = ctx.state;
  const { languages, jobs } = house;
  const named = paramOf(ctx, 'slug');
  const space = await findSpace(ctx, house, of.form.choose ? (fields['space'] ?? named) : named);
  const isAsked = of.form.choose !== undefined && !space;
  const input = inputOf(of, fields, {
    missing: isAsked ? [{ field: 'space', key: 'errors:spaceRequired', params: {} }] : [],
  });
  if (!space) throw notFound();
  const posting = {
    space,
    input,
    interfaceLanguage,
    key: { name: fields['key'] ?? randomUUID(), isForm: true },
  };
  return of.post(em, { languages, jobs, person }, posting);
}

async function save<S extends Contribution, I extends object>(
  ctx: Routed,
  { house, of, id }: Asked<S, I>,
  fields: Record<string, string>,
  person: Person,
): Promise<string> {
  const { em, language: interfaceLanguage } = ctx.state;
  const { languages, jobs } = house;
  const own = await findOwn(ctx, of, id ?? '');
  const editing = {
    id: own.id,
    version: Number(fields['version']),
    input: inputOf(of, fields, { given: of.given(own) }),
  };
  await of.edit(em, { languages, jobs, person }, { ...editing, interfaceLanguage });
  return own.id;
}

async function send<S extends Contribution, I extends object>(
  ctx: Routed,
  { house, of, id }: Asked<S, I>,
  form: FormState,
  status = 200,
): Promise<void> {
  const { t, person, language, em, reader } = ctx.state;
  const values = { space: paramOf(ctx, 'slug'), ...form.values };
  const signedOut = status === 401;
  const all = await house.spacesIn(reader.language, language);
  const chooses = id === null && of.form.choose !== undefined;
  const spaces = chooses && !signedOut ? await whereMay(em, person, of.acts.post, all) : all;
  if (spaces.length === 0) throw forbidden();
  const space = await namedSpace(ctx, { house, of, id });
  const title = titleWithErrors(t(id ? of.words.editTitle : of.words.newTitle), form, t);
  const body = formPage(
    { of, id, space, spaces, languages: house.languages.all, form: { ...form, values }, signedOut },
    t,
  );
  await house.site.send(ctx, { title, body, unlisted: true, current: of.plural }, status);
}

/** The space of a form whose address, or whose contribution, has one to name. */
async function namedSpace<S extends Contribution, I extends object>(
  ctx: Routed,
  { house, of, id }: Asked<S, I>,
): Promise<CountedSpace | null> {
  const { choose, isOfSpace } = of.form;
  if (choose && !isOfSpace) return null;
  const { em, reader } = ctx.state;
  const slug = id === null ? paramOf(ctx, 'slug') : (await of.find(em, id, reader)).spaceSlug;
  return choose && !slug ? null : spaceBy(ctx, house, slug);
}

async function spaceBy(ctx: Routed, house: House, slug: string): Promise<CountedSpace> {
  const space = await findSpace(ctx, house, slug);
  if (!space) throw notFound();
  return space;
}

async function findSpace(ctx: Routed, { spacesIn }: House, slug: string): Promise<CountedSpace | null> {
  const { reader, language } = ctx.state;
  return (await spacesIn(reader.language, language)).find((each) => each.slug === slug) ?? null;
}

/** What this person may change. Throws 401 to the signed out, 403 for what others wrote and for what is closed. */
export async function findOwn<S extends Contribution, I extends object>(
  ctx: Routed,
  of: ContributionKind<S, I>,
  id: string,
  act: Act = of.acts.edit,
): Promise<S> {
  const { em, reader } = ctx.state;
  const own = await of.find(em, id, reader);
  const person = personOf(ctx);
  const subject = await findSubject(em, own.id, person);
  if (!(await may(em, person, { act, subject, kind: of.kind }))) throw forbidden();
  return own;
}

/** A field that no form asks for stays as it was given. Throws 422 with all that is wrong, and `missing` first. */
function inputOf<S extends Contribution, I extends object>(
  of: ContributionKind<S, I>,
  fields: Record<string, string>,
  { given = {}, missing = [] }: { given?: object; missing?: readonly FieldError[] },
): I {
  const typed = { ...fields, language: fields['language'] || null };
  return parse(of.input, { ...given, ...typed, ...of.typed?.(fields) }, missing);
}
