import { Migration } from '@mikro-orm/migrations';

/** People say which words of the site are wrong; the secretariat reads it, the latest first. */
export class WordingReports extends Migration {
  override up(): void {
    this.addSql(`
      create table wording_report (
        id uuid primary key,
        person_id uuid not null references person,
        language text not null,
        page text,
        words text not null,
        better text not null,
        remark text,
        created_at timestamptz not null default now(),
        settled_at timestamptz,
        settled_by uuid references person
      )
    `);
    this.addSql('create index wording_report_latest on wording_report (created_at desc, id desc)');
    this.addSql('create index wording_report_person on wording_report (person_id)');
  }
}
