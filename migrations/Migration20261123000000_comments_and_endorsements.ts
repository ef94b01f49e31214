import { Migration } from '@mikro-orm/migrations';

/** What people say to a contribution, whether they support it, and how much of both there is. */
export class CommentsAndEndorsements extends Migration {
  override up(): void {
    for (const statement of STATEMENTS.split(/;\n/)) this.addSql(statement.trim());
  }
}

const STATEMENTS = `
  create table comment (
    subject_id uuid primary key references subject,
    alignment text check (alignment in ('for', 'against', 'neutral'))
  );
  create table endorsement (
    subject_id uuid not null references subject,
    person_id uuid not null references person,
    created_at timestamptz not null default now(),
    primary key (subject_id, person_id)
  );
  create index endorsement_person on endorsement (person_id);
  alter table person add column shows_support boolean not null default false;
  create table subject_count (
    subject_id uuid not null references subject,
    name text not null,
    value int not null,
    primary key (subject_id, name)
  )`;
