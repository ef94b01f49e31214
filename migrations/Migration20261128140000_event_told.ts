import { Migration } from '@mikro-orm/migrations';

/** When and where those who come believe an event to be, while a change has not been told yet; and when the last one was. */
export class EventTold extends Migration {
  override up(): void {
    this.addSql('alter table event add column believed jsonb, add column told_at timestamptz');
  }
}
