import { Migration } from '@mikro-orm/migrations';

/** Whom an administrator keeps out, and since when. */
export class BlockedPeople extends Migration {
  override up(): void {
    this.addSql('alter table person add column blocked_at timestamptz');
  }
}
