import { Migration } from '@mikro-orm/migrations';

/** From which theme to which an idea was moved, and by whom. */
export class IdeaMoves extends Migration {
  override up(): void {
    this.addSql(`
      create table idea_move (
        id uuid primary key,
        subject_id uuid not null references subject,
        from_id uuid not null references subject,
        to_id uuid not null references subject,
        moved_by uuid references person,
        moved_at timestamptz not null default now()
      )
    `);
    this.addSql('create index idea_move_subject on idea_move (subject_id, moved_at)');
  }
}
