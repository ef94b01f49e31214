import { Migration } from '@mikro-orm/migrations';

/** How often its author has said it: words, place, time and all else. Until now only the words were counted. */
export class SubjectRevision extends Migration {
  override up(): void {
    this.addSql('alter table subject add column revision int not null default 1');
    this.addSql('update subject s set revision = t.version from text t where t.id = s.text_id and t.version > 1');
  }
}
