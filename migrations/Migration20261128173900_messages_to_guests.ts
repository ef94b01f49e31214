import { Migration } from '@mikro-orm/migrations';

/** What an organizer writes to those who registered is kept beside what was decided about the event. */
export class MessagesToGuests extends Migration {
  override up(): void {
    this.addSql('alter table decision drop constraint decision_type_check');
    this.addSql(
      `alter table decision add constraint decision_type_check check (type in ('hidden', 'restored', 'cancelled', 'message'))`,
    );
  }
}
