import { z } from 'zod';

import type { House } from '../../services/house/house.ts';
import { type ShownSpace, countIdeas, listSpaces } from './spaces.reads.ts';
import { endpoint, type Endpoint } from '../../platform/api/api.ts';
import { notFound } from '../../platform/http/errors.ts';
import { addresses, subjectJson, textFields } from '../../services/texts/subject.json.ts';
import type { CountedSpace } from '../../services/house/spaces.ts';

const spaceJson = subjectJson
  .omit({ author: true, space: true, state: true, editedAt: true })
  .extend({
    slug: z.string().meta({ description: 'Its short name, as in its address' }),
    title: z.string().meta({ description: 'In the language asked' }),
    description: z.string().meta({ description: 'In the language asked' }),
  })
  .meta({ id: 'Space' });

/** The themes. */
export function spacesApi({ settings, words, languages }: House): Endpoint[] {
  const show = (space: ShownSpace & CountedSpace, lang: string) => ({
    id: space.id,
    kind: 'space',
    ...addresses(settings.publicUrl, { id: space.id, path: `/spaces/${space.slug}`, lang }, words.languages),
    slug: space.slug,
    title: space.title,
    description: space.description,
    createdAt: space.createdAt.toISOString(),
    counts: space.counts,
    ...textFields(space.text),
  });

  return [
    endpoint({
      method: 'get',
      path: '/spaces',
      summary: 'All spaces, in their order',
      answers: { 200: z.object({ items: z.array(spaceJson) }) },
      handle: async ({ em, lang, person }) => {
        const spaces = await listSpaces(em, { languages, language: lang, person }, await countIdeas(em));
        return { status: 200, body: { items: spaces.map((space) => show(space, lang)) } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/spaces/{slug}',
      summary: 'One space with title and description in the language asked',
      answers: { 200: spaceJson },
      errors: [404],
      handle: async ({ em, lang, person, params }) => {
        const spaces = await listSpaces(em, { languages, language: lang, person }, await countIdeas(em));
        const space = spaces.find(({ slug }) => slug === params['slug']);
        if (!space) throw notFound();
        return { status: 200, body: show(space, lang) };
      },
    }),
  ];
}
