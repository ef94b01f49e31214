import { Migration } from '@mikro-orm/migrations';

/** When the secretariat last asked the organizer of an event for its report. */
export class EventAsked extends Migration {
  override up(): void {
    this.addSql('alter table event add column asked_at timestamptz');
  }
}
