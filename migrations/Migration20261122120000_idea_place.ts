import { Migration } from '@mikro-orm/migrations';

/** Where an idea matters: a town, a region. */
export class IdeaPlace extends Migration {
  override up(): void {
    this.addSql('alter table idea add column place text');
  }
}
