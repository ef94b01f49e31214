import { activity, AS, text, type Json, type Place, type Samples } from './sample.ts';

const CONTEXT = [
  AS,
  {
    ...{ ostatus: 'http://ostatus.org#', atomUri: 'ostatus:atomUri', inReplyToAtomUri: 'ostatus:inReplyToAtomUri' },
    ...{ conversation: 'ostatus:conversation', sensitive: 'as:sensitive', toot: 'http://joinmastodon.org/ns#' },
    ...{ votersCount: 'toot:votersCount', Hashtag: 'as:Hashtag' },
  },
];

const status = (place: Place, name: string, more: Json): Json =>
  text('Note', place, name, {
    ...{ summary: null, inReplyTo: null, sensitive: false, atomUri: `${place.there}/objects/${name}` },
    ...{ inReplyToAtomUri: null, conversation: `tag:localhost,2026-11-01:objectId=1:objectType=Conversation` },
    ...{ attachment: [], tag: [], replies: { id: `${place.there}/objects/${name}/replies`, type: 'Collection' } },
    ...more,
  });

const create = (place: Place, object: Json, more: Json = {}): Json =>
  activity('Create', place, object, { '@context': CONTEXT, to: object['to'], cc: object['cc'], ...more });

const REPLY =
  '<p><span class="h-card" translate="no"><a href="https://here.example/u/ada" class="u-url mention">@<span>ada</span></a></span> Gute Idee! ' +
  '<a href="https://there.example/tags/baum" class="mention hashtag" rel="tag">#<span>Baum</span></a></p>';

const reply = (place: Place): Json =>
  status(place, 'reply', {
    ...{ inReplyTo: place.idea, content: REPLY, contentMap: { de: REPLY } },
    tag: [
      { type: 'Mention', href: 'https://here.example/u/ada', name: '@ada@here.example' },
      { type: 'Hashtag', href: 'https://there.example/tags/baum', name: '#baum' },
    ],
  });
const REPLIED = '[@ada](https://here.example/u/ada) Gute Idee! [\\#Baum](https://there.example/tags/baum)';

const like = (place: Place): Json => ({
  ...{ '@context': AS, id: `${place.me}#likes/1`, type: 'Like', actor: place.me, object: place.idea },
});

/** Mastodon, and what forks of it send in the same way. */
export const mastodon: Samples = {
  server: 'Mastodon',
  actor: ({ me, there }) => ({
    '@context': [
      AS,
      'https://w3id.org/security/v1',
      { toot: 'http://joinmastodon.org/ns#', discoverable: 'toot:discoverable' },
    ],
    ...{
      name: 'Mara :verified:',
      summary: '<p>Hi</p>',
      manuallyApprovesFollowers: false,
      discoverable: true,
      indexable: true,
    },
    ...{ url: `${there}/@mara`, featured: `${me}/collections/featured`, devices: null, tag: [], attachment: [] },
    icon: { type: 'Image', mediaType: 'image/png', url: `${there}/a.png` },
  }),
  samples: [
    {
      what: 'a reply with a mention and a hashtag',
      ...{ activity: (place) => create(place, reply(place)), state: 'done' },
      kept: { kind: 'comment', body: REPLIED, language: 'de' },
    },
    {
      what: 'a reply of which only contentMap has the words, with a warning before them',
      activity: (place) =>
        create(
          place,
          status(place, 'warned', {
            ...{
              inReplyTo: place.idea,
              summary: 'Politik',
              sensitive: true,
              contentMap: { de: '<p>Das dauert zu lange.</p>' },
            },
          }),
        ),
      state: 'done',
      kept: { kind: 'comment', body: '⚠️ Politik\n\nDas dauert zu lange.', language: 'de' },
    },
    {
      what: 'a reply whose lists are no lists, to everybody by the short name',
      activity: (place) => {
        const short = { to: 'as:Public', cc: `${place.me}/followers`, tag: { type: 'Hashtag', name: '#x' } };
        return create(place, status(place, 'short', { ...short, inReplyTo: place.idea, content: '<p>Kurz.</p>' }));
      },
      state: 'done',
      kept: { kind: 'comment', body: 'Kurz.' },
    },
    {
      what: 'a reply that is unlisted',
      activity: (place) => {
        const unlisted = { to: [`${place.me}/followers`], cc: ['https://www.w3.org/ns/activitystreams#Public'] };
        return create(
          place,
          status(place, 'unlisted', { ...unlisted, inReplyTo: place.idea, content: '<p>Leise.</p>' }),
        );
      },
      state: 'done',
      kept: { kind: 'comment', body: 'Leise.' },
    },
    {
      what: 'a reply for followers alone',
      activity: (place) => {
        const narrow = { to: [`${place.me}/followers`], cc: [] };
        return create(
          place,
          status(place, 'narrow', { ...narrow, inReplyTo: place.idea, content: '<p>Unter uns.</p>' }),
        );
      },
      ...{ state: 'ignored', reason: 'it is not for everybody' },
    },
    {
      what: 'a post that mentions the group',
      activity: (place) => {
        const content =
          `<p><span class="h-card"><a href="${place.space}" class="u-url mention">@<span>climate</span></a></span> ` +
          'Mehr Bänke im Park</p><p>Damit alle sich setzen können.</p>';
        const tag = [{ type: 'Mention', href: place.space, name: '@climate@here.example' }];
        const cc = [`${place.me}/followers`, place.space];
        return create(place, status(place, 'post', { content, contentMap: { de: content }, tag, cc }));
      },
      state: 'done',
      kept: {
        ...{ kind: 'idea', title: 'Mehr Bänke im Park Damit alle sich setzen können.', language: 'de' },
        body: '[@climate](SPACE) Mehr Bänke im Park\n\nDamit alle sich setzen können.',
      },
    },
    {
      what: 'a post to nobody here',
      activity: (place) => create(place, status(place, 'elsewhere', { content: '<p>Guten Morgen.</p>' })),
      ...{ state: 'set aside', reason: 'it answers nothing here and is in no space of ours' },
    },
    { what: 'a favourite', activity: like, state: 'done' },
    {
      what: 'that taken back',
      activity: (place) => ({
        ...{ '@context': AS, id: `${place.me}#likes/1/undo`, type: 'Undo', actor: place.me, object: like(place) },
      }),
      state: 'done',
    },
    {
      what: 'new words of the reply',
      activity: (place) => {
        const changed = { ...reply(place), content: '<p>Besser.</p>', contentMap: { de: '<p>Besser.</p>' } };
        return activity('Update', place, { ...changed, updated: '2026-11-02T10:00:00Z' }, { '@context': CONTEXT });
      },
      state: 'done',
    },
    {
      what: 'news of somebody',
      activity: (place) =>
        activity('Update', place, { id: place.me, type: 'Person', preferredUsername: 'mara', name: 'Mara' }),
      state: 'done',
    },
    {
      what: 'the end of the reply',
      activity: (place) => ({
        ...{ '@context': [AS, { ostatus: 'http://ostatus.org#', atomUri: 'ostatus:atomUri' }], type: 'Delete' },
        ...{
          id: `${place.there}/objects/reply#delete`,
          actor: place.me,
          to: ['https://www.w3.org/ns/activitystreams#Public'],
        },
        object: { id: `${place.there}/objects/reply`, type: 'Tombstone', atomUri: `${place.there}/objects/reply` },
      }),
      state: 'done',
    },
    {
      what: 'a report of somebody and of what they wrote',
      activity: (place) => ({
        ...{ '@context': AS, id: `${place.there}/flags/1`, type: 'Flag', actor: place.me, content: 'Das ist Werbung.' },
        object: ['https://here.example/u/ada', place.idea],
      }),
      state: 'done',
    },
    {
      what: 'a boost',
      activity: (place) => activity('Announce', place, place.idea),
      ...{ state: 'set aside', reason: 'nothing is known of Announce' },
    },
  ],
};
