import { sql } from 'kysely';

import { rows } from '../../platform/db/database.ts';
import { subjectUri } from '../../services/house/addresses.ts';
import type { Federated } from '../../services/house/federated.ts';

const AS2 = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"';

/** An article that links to its event (FEP-e232) and stands in its conversation; with `inReplyTo` others would take it for a comment. */
export const reportFederated: Federated = {
  type: 'Article',
  bySpace: true,
  async tell(em, ids, publicUrl) {
    const found = await rows(
      em,
      sql<{
        id: string;
        eventId: string;
        title: string;
        hasName: boolean;
      }>`select rp.subject_id as id, rp.event_id as "eventId", et.title, t.title is not null as "hasName"
        from report rp join subject s on s.id = rp.subject_id join text t on t.id = s.text_id
        join subject e on e.id = rp.event_id join text et on et.id = e.text_id where rp.subject_id = any(${[...ids]}::uuid[])`,
    );
    return new Map(
      found.map(({ id, eventId, title, hasName }) => {
        const event = subjectUri(publicUrl, eventId);
        const link = { type: 'Link', mediaType: AS2, href: event, name: title };
        // An article without a name is none elsewhere.
        return [id, { tag: [link], context: `${event}/context`, ...(hasName ? {} : { name: title }) }];
      }),
    );
  },
};
