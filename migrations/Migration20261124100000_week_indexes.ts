import { Migration } from '@mikro-orm/migrations';

/** What the figures of a week read: acts by their moment and by person, translations by the moment they were ready, languages without the words. */
export class WeekIndexes extends Migration {
  override up(): void {
    for (const statement of STATEMENTS.split(/;\n/)) this.addSql(statement.trim());
  }
}

const STATEMENTS = `
  create index subject_participant on subject (author_id, published_at) include (kind) where closed_at is null and visibility = 'public';
  create index subject_closed on subject (id) where not (closed_at is null and visibility = 'public');
  create index text_language on text (language, id);
  create index text_language_of on text (id) include (language);
  create index translation_ready on translation (ready_at) include (text_id) where state = 'ready';
  drop index endorsement_person;
  create index endorsement_person on endorsement (person_id) include (subject_id, created_at);
  create index endorsement_moment on endorsement (created_at) include (subject_id, person_id);
  drop index registration_person;
  create index registration_person on registration (person_id) include (event_id, created_at, state);
  create index registration_moment on registration (created_at) include (event_id, person_id, state)`;
