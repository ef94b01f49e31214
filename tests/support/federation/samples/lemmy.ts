import { activity, PUBLIC, text, type Json, type Place, type Samples } from './sample.ts';

const CONTEXT = ['https://join-lemmy.org/context.json', 'https://www.w3.org/ns/activitystreams'];

const inGroup = ({ space }: Place): Json => ({ '@context': CONTEXT, to: [space, PUBLIC], cc: [], audience: space });

const page = (place: Place, name: string, more: Json): Json =>
  text('Page', place, name, {
    ...{ to: [place.space, PUBLIC], cc: [], audience: place.space, mediaType: 'text/html', attachment: [] },
    ...{ sensitive: false, language: { identifier: 'fr', name: 'Français' }, tag: [], ...more },
  });

const create = (place: Place, object: Json): Json => activity('Create', place, object, inGroup(place));

/** Lemmy, PieFed and Mbin post to groups. */
export const lemmy: Samples = {
  server: 'Lemmy',
  actor: ({ there }) => ({
    ...{ '@context': CONTEXT, summary: '<p>Moi</p>', source: { content: 'Moi', mediaType: 'text/markdown' } },
    ...{ published: '2026-01-01T00:00:00Z', matrixUserId: null, endpoints: { sharedInbox: `${there}/inbox` } },
  }),
  samples: [
    {
      what: 'a post with Markdown',
      activity: (place) =>
        create(
          place,
          page(place, 'post', {
            ...{ name: 'Des pistes cyclables', content: '<p>Trois <em>rues</em></p>\n<ul><li>une</li></ul>' },
            source: { content: 'Trois *rues*\n\n* une', mediaType: 'text/markdown' },
          }),
        ),
      state: 'done',
      kept: { kind: 'idea', title: 'Des pistes cyclables', body: 'Trois *rues*\n\n* une', language: 'fr' },
    },
    {
      what: 'a post of a link',
      activity: (place) =>
        create(
          place,
          page(place, 'link', {
            ...{
              name: 'Lisez ceci',
              attachment: [{ type: 'Link', href: 'https://example.org/velo', mediaType: 'text/html' }],
            },
          }),
        ),
      state: 'done',
      kept: { kind: 'idea', title: 'Lisez ceci', body: '<https://example.org/velo>', language: 'fr' },
    },
    {
      what: 'a post that is its name alone, in no language',
      activity: (place) =>
        create(
          place,
          page(place, 'name', {
            name: 'Plus de fontaines dans nos rues',
            language: { identifier: 'und', name: 'Undetermined' },
          }),
        ),
      state: 'done',
      kept: {
        kind: 'idea',
        title: 'Plus de fontaines dans nos rues',
        body: 'Plus de fontaines dans nos rues',
        language: 'fr',
      },
    },
    {
      what: 'a comment',
      activity: (place) =>
        create(
          place,
          text('Note', place, 'comment', {
            ...{
              to: [place.space, PUBLIC],
              cc: [],
              audience: place.space,
              inReplyTo: place.idea,
              distinguished: false,
            },
            ...{ content: '<p>Oui</p>', source: { content: 'Oui', mediaType: 'text/markdown' } },
            ...{ language: { identifier: 'fr', name: 'Français' }, tag: [], attachment: [] },
          }),
        ),
      state: 'done',
      kept: { kind: 'comment', body: 'Oui', language: 'fr' },
    },
    { what: 'a vote', activity: (place) => activity('Like', place, place.idea, inGroup(place)), state: 'done' },
    {
      what: 'a vote against',
      activity: (place) => activity('Dislike', place, place.idea, inGroup(place)),
      ...{ state: 'set aside', reason: 'nothing is known of Dislike' },
    },
    {
      what: 'what a community there sends on',
      activity: (place) =>
        activity('Announce', place, create(place, page(place, 'theirs', { name: 'Chez nous', content: '<p>Non</p>' }))),
      ...{ state: 'set aside', reason: 'nothing is known of Announce' },
    },
  ],
};
