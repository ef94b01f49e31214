import { Migration } from '@mikro-orm/migrations';

/** Moderators look at what people translate; what was there before counts as looked at. */
export class LookedAt extends Migration {
  override up(): void {
    this.addSql('alter table translation_revision add column looked_at timestamptz');
    this.addSql('alter table translation_revision add column looked_by uuid references person');
    this.addSql('update translation_revision set looked_at = written_at');
    this.addSql(`
      create index translation_revision_unseen on translation_revision (written_at desc, id desc)
        where looked_at is null and act = 'improved' and body is not null
    `);
  }
}
