import { activity, AS, PUBLIC, text, type Json, type Place, type Samples } from './sample.ts';

const SECURITY = 'https://w3id.org/security/v1';

const topic = (place: Place, type: string, name: string, more: Json = {}): Json =>
  text(type, place, name, {
    ...{ to: [PUBLIC, place.space], cc: [`${place.me}/followers`], audience: place.space, tag: [], attachment: [] },
    ...{ content: '<p dir="auto">Podemos plantar más.</p>', context: `${place.there}/topic/1`, inReplyTo: null },
    ...{ source: { content: 'Podemos plantar **más**.', mediaType: 'text/markdown' }, ...more },
  });

/** NodeBB has topics, and its categories announce in two ways. */
export const nodebb: Samples = {
  server: 'NodeBB',
  actor: ({ there }) => ({ '@context': [AS, SECURITY], url: `${there}/user/me`, summary: '', indexable: false }),
  samples: [
    {
      what: 'a topic',
      activity: (place) =>
        activity('Create', place, topic(place, 'Article', 'topic', { name: 'Más árboles', summary: 'Podemos' })),
      state: 'done',
      kept: { kind: 'idea', title: 'Más árboles', body: 'Podemos plantar **más**.' },
    },
    {
      what: 'an answer in a topic',
      activity: (place) =>
        activity(
          'Create',
          place,
          topic(place, 'Note', 'answer', { inReplyTo: place.idea, audience: `${place.there}/category/1` }),
        ),
      state: 'done',
      kept: { kind: 'comment', body: 'Podemos plantar **más**.' },
    },
    {
      what: 'an activity that a category announces',
      activity: (place) => activity('Announce', place, activity('Create', place, topic(place, 'Note', 'inner'))),
      ...{ state: 'set aside', reason: 'nothing is known of Announce' },
    },
    {
      what: 'a post that a category announces',
      activity: (place) => activity('Announce', place, `${place.there}/objects/topic`),
      ...{ state: 'set aside', reason: 'nothing is known of Announce' },
    },
  ],
};

/** WordPress publishes articles. */
export const wordpress: Samples = {
  server: 'WordPress',
  actor: ({ there }) => ({
    '@context': [AS, SECURITY, 'https://purl.archive.org/socialweb/webfinger', { Hashtag: 'as:Hashtag' }],
    ...{ webfinger: 'blog@there.example', url: [`${there}/author/me`], endpoints: { sharedInbox: null } },
  }),
  samples: [
    {
      what: 'an article that mentions the group',
      activity: (place) => {
        const words = {
          name: 'Warum Bäume',
          content: '<h2>Schatten</h2><!-- wp:paragraph --><p>Er hilft.</p>',
          summary: 'Er',
        };
        const cc = [`${place.me}/followers`, place.space];
        const article = text('Article', place, 'article', { ...words, cc, contentMap: { de: words.content }, tag: [] });
        return activity('Create', place, article, { cc });
      },
      state: 'done',
      kept: { kind: 'idea', title: 'Warum Bäume', body: 'Schatten\n\nEr hilft.', language: 'de' },
    },
  ],
};

/** PeerTube names the channel beside the person. */
export const peertube: Samples = {
  server: 'PeerTube',
  actor: () => ({ '@context': [AS, SECURITY, { pt: 'https://joinpeertube.org/ns#', sc: 'http://schema.org/' }] }),
  samples: [
    {
      what: 'a video',
      activity: (place) => {
        const attributedTo = [place.me, `${place.there}/video-channels/trees`].map((id, at) => ({
          type: ['Person', 'Group'][at],
          id,
        }));
        const url = [{ type: 'Link', mediaType: 'text/html', href: `${place.there}/w/1` }];
        const video = {
          attributedTo,
          url,
          name: 'Trees',
          duration: 'PT60S',
          mediaType: 'text/markdown',
          content: 'Look',
        };
        return activity(
          'Create',
          place,
          text('Video', place, 'video', { ...video, uuid: '1', views: 3, commentsEnabled: true }),
        );
      },
      ...{ state: 'set aside', reason: 'nothing is known of a Video' },
    },
    {
      what: 'a comment of two authors, the first of whom sends it',
      activity: (place) => {
        const attributedTo = [
          { type: 'Person', id: place.me },
          { type: 'Group', id: `${place.there}/video-channels/trees` },
        ];
        return activity(
          'Create',
          place,
          text('Note', place, 'two', { attributedTo, inReplyTo: place.idea, content: 'Look here' }),
        );
      },
      state: 'done',
      kept: { kind: 'comment', body: 'Look here' },
    },
    {
      what: 'a comment of somebody else',
      activity: (place) => {
        const attributedTo = [`${place.there}/users/other`, place.me];
        return activity(
          'Create',
          place,
          text('Note', place, 'other', { attributedTo, inReplyTo: place.idea, content: 'Not mine' }),
        );
      },
      ...{ state: 'ignored', reason: 'its author is somebody else' },
    },
  ],
};

/** Misskey and its forks have words of their own beside those of all. */
export const misskey: Samples = {
  server: 'Misskey',
  actor: ({ me, there }) => ({
    '@context': [AS, SECURITY, { misskey: 'https://misskey-hub.net/ns#', isCat: 'misskey:isCat', Key: 'sec:Key' }],
    ...{ isCat: true, sharedInbox: `${there}/inbox`, featured: `${me}/collections/featured`, _misskey_summary: 'nya' },
  }),
  samples: [
    {
      what: 'a reply',
      activity: (place) => {
        const own = {
          _misskey_content: '木が **好き**',
          source: { content: '木が **好き**', mediaType: 'text/x.misskeymarkdown' },
        };
        const quote = { _misskey_quote: null, quoteUrl: null, sensitive: false, tag: [], attachment: [] };
        const content = '<p><span>木が </span><b><span>好き</span></b></p>';
        return activity(
          'Create',
          place,
          text('Note', place, 'reply', { ...own, ...quote, content, inReplyTo: place.idea }),
        );
      },
      state: 'done',
      kept: { kind: 'comment', body: '木が **好き**' },
    },
  ],
};

/** Pleroma and Akkoma have their context at an address of their own. */
export const pleroma: Samples = {
  server: 'Pleroma',
  actor: ({ there }) => ({
    ...{
      '@context': [AS, `${there}/schemas/litepub-0.1.jsonld`, { '@language': 'und' }],
      capabilities: { acceptsChatMessages: true },
    },
    ...{
      endpoints: { sharedInbox: `${there}/inbox`, oauthTokenEndpoint: `${there}/oauth/token` },
      attachment: [],
      tag: [],
    },
  }),
  samples: [
    {
      what: 'a reply',
      activity: (place) => {
        const own = {
          actor: place.me,
          conversation: `${place.there}/contexts/1`,
          context: `${place.there}/contexts/1`,
        };
        const words = {
          content: 'Ano, <br>hned.',
          contentMap: { und: 'Ano, <br>hned.' },
          summary: '',
          emoji: {},
          tag: [],
        };
        const source = { content: 'Ano,\nhned.', mediaType: 'text/plain' };
        const note = text('Note', place, 'reply', { ...own, ...words, source, inReplyTo: place.idea, language: 'cs' });
        return activity('Create', place, note, { '@context': [AS, `${place.there}/schemas/litepub-0.1.jsonld`] });
      },
      state: 'done',
      kept: { kind: 'comment', body: 'Ano,\nhned.', language: 'cs' },
    },
    {
      what: 'a reaction',
      activity: (place) => activity('EmojiReact', place, place.idea, { content: '🌳' }),
      ...{ state: 'set aside', reason: 'nothing is known of EmojiReact' },
    },
  ],
};
