import { Migration } from '@mikro-orm/migrations';

/** Events of whole days: they begin at the first midnight of the first, and end at the one after the last, on their clocks. */
export class EventAllDay extends Migration {
  override up(): void {
    this.addSql('alter table event add column all_day boolean not null default false');
  }
}
