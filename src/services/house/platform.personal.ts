import type { PersonalData } from './personal.ts';

// pg-boss deletes a job seven days after it has ended, and one that nobody took fourteen days after it was due.
const JOB = { expires: 'at most three weeks after the job was due' };

/** What the platform itself keeps of people, and what its libraries keep for it. */
export const PLATFORM_PERSONAL: PersonalData = {
  platform: { impersonal: ['system_identifier'] },
  mikro_orm_migrations: { impersonal: ['name'] },

  // Ids of persons; addresses of mails and machines only in disguise.
  rate: { personal: { bucket: { expires: 'two hours after its window began' } } },

  activity: {
    personal: {
      // Support is an opinion: no id of a person may lead to it.
      actor_id: { exported: false, erasure: { becomes: null } },
      type: { of: 'actor_id', exported: true, erasure: 'anonymize' },
      subject_id: { of: 'actor_id', exported: true, erasure: 'anonymize' },
      at: { of: 'actor_id', exported: true, erasure: 'anonymize' },
    },
    impersonal: ['kind', 'root_id', 'space_id', 'text_id', 'language'],
  },
  activity_cursor: { impersonal: ['reader'] },

  'pgboss.job': {
    personal: {
      // Ids, of the person to whom a mail goes, too; their address is read when it is sent.
      data: JOB,
      // A mail server that refuses a mail names its address.
      output: JOB,
      source_output: JOB,
      // Where the same job is queued once, the hash of its name and data.
      id: JOB,
      source_id: JOB,
      source_root_id: JOB,
    },
    impersonal: [
      'name',
      'state',
      'singleton_key',
      'group_id',
      'group_tier',
      'dead_letter',
      'policy',
      'source_name',
      'trace_context',
    ],
  },
};
