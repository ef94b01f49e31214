import { Migration } from '@mikro-orm/migrations';

/** What people say is wrong with a text is a flag; a report is what an organizer writes of an event. */
export class Flags extends Migration {
  override up(): void {
    this.addSql('alter table report_of_text rename to flag');
    this.addSql('alter index report_of_text_open rename to flag_open');
    this.addSql('alter index report_of_text_pkey rename to flag_pkey');
  }
}
