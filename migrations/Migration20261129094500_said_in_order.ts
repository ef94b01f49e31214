import { Migration } from '@mikro-orm/migrations';

/** What was said goes out as it was made: `jsonb` sorts keys, and other servers take the first language of a map for the original. */
export class SaidInOrder extends Migration {
  override up(): void {
    this.addSql('alter table sent_activity alter column body type json using body::json');
  }
}
