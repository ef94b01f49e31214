import { Migration } from '@mikro-orm/migrations';

/** Words of ideas as searches compare them: a reader of the activity fills it, old ideas first. */
export class IdeaWords extends Migration {
  override up(): void {
    this.addSql(`create table idea_words (
      subject_id uuid not null references subject (id) on delete cascade,
      words text not null
    )`);
    this.addSql('create index idea_words_subject on idea_words (subject_id)');
  }
}
