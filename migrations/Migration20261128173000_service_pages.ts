import { Migration } from '@mikro-orm/migrations';

/** What the secretariat says about the service, by page and language; every version is kept, the last one is shown. */
export class ServicePages extends Migration {
  override up(): void {
    this.addSql(`
      create table service_page (
        name text not null,
        language text not null,
        version int not null,
        body text not null,
        written_by uuid references person,
        written_at timestamptz not null default now(),
        primary key (name, language, version)
      )
    `);
  }
}
