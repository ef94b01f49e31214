import { activity, AS, PUBLIC, text, type Json, type Place, type Samples } from './sample.ts';

const MOBILIZON = [
  AS,
  'https://litepub.social/litepub/context.jsonld',
  {
    ...{ '@language': 'und', mz: 'https://joinmobilizon.org/ns#', sc: 'http://schema.org#', Hashtag: 'as:Hashtag' },
    ...{ joinMode: { '@id': 'mz:joinMode', '@type': 'mz:joinModeType' }, inLanguage: 'sc:inLanguage' },
    participationMessage: { '@id': 'mz:participationMessage', '@type': 'sc:Text' },
  },
];

const gathering = (place: Place, more: Json): Json =>
  text('Event', place, 'event', {
    ...{
      name: 'Pique-nique',
      content: '<p>Au parc</p>',
      startTime: '2031-05-01T12:00:00+02:00',
      tag: [],
      attachment: [],
    },
    ...{ endTime: '2031-05-01T15:00:00+02:00', location: { type: 'Place', name: 'Parc', address: 'Rue 1' }, ...more },
  });

/** Mobilizon has events, comments on them and seats. */
export const mobilizon: Samples = {
  server: 'Mobilizon',
  actor: ({ me }) => ({
    ...{
      '@context': MOBILIZON,
      summary: null,
      manuallyApprovesFollowers: false,
      discoverable: true,
      members: `${me}/members`,
    },
  }),
  samples: [
    {
      what: 'an event of its own',
      activity: (place) => {
        const options = { actor: place.me, joinMode: 'free', timezone: 'Europe/Paris', inLanguage: 'fr', draft: false };
        return activity('Create', place, gathering(place, options), { '@context': MOBILIZON, attributedTo: place.me });
      },
      ...{ state: 'set aside', reason: 'nothing is known of a Event' },
    },
    {
      what: 'a seat with a message',
      activity: (place) => ({
        ...{
          '@context': MOBILIZON,
          id: `${place.there}/join/event/1`,
          type: 'Join',
          actor: place.me,
          object: place.event,
        },
        ...{ participationMessage: 'Je viens avec deux amis', published: '2026-11-01T10:00:00Z' },
      }),
      state: 'done',
    },
    {
      what: 'a comment on an event, in no language',
      activity: (place) =>
        activity(
          'Create',
          place,
          text('Note', place, 'comment', {
            ...{ actor: place.me, inReplyTo: place.event, isAnnouncement: false, tag: [], attachment: [] },
            ...{ content: '<p>Faut-il apporter des gants pour le jardin ?</p>', inLanguage: 'und' },
          }),
          { '@context': MOBILIZON },
        ),
      state: 'done',
      kept: { kind: 'comment', body: 'Faut-il apporter des gants pour le jardin ?', language: 'fr' },
    },
    {
      what: 'the seat given back',
      activity: (place) => ({
        ...{
          '@context': MOBILIZON,
          id: `${place.there}/leave/event/1`,
          type: 'Leave',
          actor: place.me,
          object: place.event,
        },
      }),
      state: 'done',
    },
  ],
};

/** Gancio has one actor, and answers to events. */
export const gancio: Samples = {
  server: 'Gancio',
  actor: ({ there }) => ({
    ...{ '@context': [AS, 'https://w3id.org/security/v1'], type: 'Application', summary: 'Gancio', url: there },
    attachment: [{ type: 'PropertyValue', name: 'Website', value: `<a href="${there}">${there}</a>` }],
  }),
  samples: [
    {
      what: 'an event of its own',
      activity: (place) => activity('Create', place, gathering(place, { summary: 'Parc, 1 mai', tag: ['velo'] })),
      ...{ state: 'set aside', reason: 'nothing is known of a Event' },
    },
    {
      what: 'an answer to an event',
      activity: (place) =>
        activity(
          'Create',
          place,
          text('Note', place, 'answer', { to: PUBLIC, cc: null, inReplyTo: place.event, content: 'Ci siamo tutti!' }),
          { to: PUBLIC, cc: null },
        ),
      state: 'done',
      kept: { kind: 'comment', body: 'Ci siamo tutti!' },
    },
  ],
};
