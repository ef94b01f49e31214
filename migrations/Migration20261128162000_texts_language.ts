import { Migration } from '@mikro-orm/migrations';

/** In which language a person reads what others write; null for that of the page. */
export class TextsLanguage extends Migration {
  override up(): void {
    this.addSql('alter table person add column texts_language text');
  }
}
