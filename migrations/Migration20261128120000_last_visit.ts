import { Migration } from '@mikro-orm/migrations';

/** When a session was used last: those of staff end sooner. */
export class LastVisit extends Migration {
  override up(): void {
    this.addSql('alter table session add column seen_at timestamptz not null default now()');
  }
}
