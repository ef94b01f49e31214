import { Migration } from '@mikro-orm/migrations';

/** Who sees where an event is met online. */
export class EventLink extends Migration {
  override up(): void {
    this.addSql(`alter table event add column online_url_for text not null default 'everyone'
      check (online_url_for in ('everyone', 'signed-in', 'registered'))`);
  }
}
