import type { PersonalData } from '../house/personal.ts';

const DELETED = { of: 'person_id', exported: false, erasure: 'delete' } as const;
const LINK = { expires: 'a day after the link has run out' };

/** An erased person is a row in which nothing is left: everything they published leads to it, and it leads to nobody. */
export const peoplePersonal: PersonalData = {
  person: {
    personal: {
      id: { exported: true, erasure: 'anonymize' },
      handle: { of: 'id', exported: true, erasure: { becomes: null } },
      name: { of: 'id', exported: true, erasure: { becomes: null } },
      email: { of: 'id', exported: true, erasure: { becomes: null } },
      // A text in no known language is `und`, too.
      interface_language: { of: 'id', exported: true, erasure: { becomes: 'und' } },
      texts_language: { of: 'id', exported: true, erasure: { becomes: null } },
      reads: { of: 'id', exported: true, erasure: { becomes: [] } },
      shows_first: { of: 'id', exported: true, erasure: { becomes: null } },
      shows_support: { of: 'id', exported: true, erasure: { becomes: false } },
      uri: { of: 'id', exported: true, erasure: { becomes: null } },
      host: { of: 'id', exported: true, erasure: 'anonymize' },
      federated: { of: 'id', exported: true, erasure: { becomes: null } },
      created_at: { of: 'id', exported: true, erasure: 'anonymize' },
      blocked_at: { of: 'id', exported: true, erasure: 'anonymize' },
    },
  },
  reserved_handle: {
    personal: { handle: { retained: 'a link in an old text must never lead to somebody else' } },
  },
  role: {
    personal: {
      person_id: { exported: false, erasure: 'delete' },
      name: { of: 'person_id', exported: true, erasure: 'delete' },
      space_id: { of: 'person_id', exported: true, erasure: 'delete' },
    },
  },
  // Before somebody has an account, `data` holds their address: it goes with the session, a month after the last visit.
  session: { personal: { person_id: { exported: false, erasure: 'delete' }, id: DELETED, data: DELETED } },
  sign_in_link: { personal: { email: LINK, token_hash: LINK, return_to: LINK }, impersonal: ['language'] },
  api_token: { personal: { person_id: { exported: false, erasure: 'delete' }, id: DELETED } },
};
