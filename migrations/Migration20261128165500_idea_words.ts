import { Migration } from '@mikro-orm/migrations';

/** Words of ideas as searches compare them: a reader of the activity fills it, old ideas first. */
export class IdeaWords extends Migration {
  override up(): void {
    this.addSql(`create table idea_words (
      subject_id uuid not null references subject (id) on delete cascade,
      part int not null,
      words text not null,
      primary key (subject_id, part)
    )`);
  }
}
