import type { PersonalData } from '../../services/house/personal.ts';

const THEIRS = { expires: 'when their own server says that they left, or an administrator blocks it' };
const KEY = {
  retained: 'a signature of an actor that is gone can be checked for as long as others keep what it signed',
};
const PUBLIC_WORDS = { derivedFrom: ['text.title', 'text.body'] };
const PASSING = { expires: 'thirty days after it came' };

/** Of our own people only what they agreed to show; of people elsewhere what their servers say of them. */
export const federationPersonal: PersonalData = {
  actor_key: { personal: { actor: KEY, public_pem: KEY, sealed: KEY } },
  remote_join: {
    personal: {
      person_id: { exported: false, erasure: 'delete' },
      event_id: { of: 'person_id', exported: false, erasure: 'delete' },
      body: { of: 'person_id', exported: false, erasure: 'delete' },
    },
  },
  neighbour: { impersonal: ['host', 'state', 'last_failure'] },
  remote_actor: {
    personal: { uri: THEIRS, handle: THEIRS, name: THEIRS, inbox: THEIRS, url: THEIRS },
    impersonal: ['host', 'type', 'shared_inbox'],
  },
  follower: { personal: { actor: THEIRS, follower: THEIRS, activity: THEIRS } },
  told_subject: { personal: { actor: PUBLIC_WORDS }, impersonal: ['subject_id', 'uri', 'type'] },
  due_telling: { impersonal: ['subject_id'] },
  sent_activity: { personal: { actor: PUBLIC_WORDS, body: PUBLIC_WORDS }, impersonal: ['id', 'type', 'subject_id'] },
  delivery: { impersonal: ['activity_id', 'inbox', 'host', 'failure'] },
  received_activity: {
    personal: { uri: PASSING, actor: PASSING, body: PASSING },
    impersonal: ['host', 'type', 'state', 'reason'],
  },
};
