import { Migration } from '@mikro-orm/migrations';

/** Events with those who come, reports with the ideas they discussed, what a comment is about, and texts that people report. */
export class EventsAndReports extends Migration {
  override up(): void {
    for (const statement of STATEMENTS.split(/;\n/)) this.addSql(statement.trim());
  }
}

const STATEMENTS = `
  create table event (
    subject_id uuid primary key references subject,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    time_zone text not null,
    mode text not null check (mode in ('in-person', 'online', 'hybrid')),
    country text check (country ~ '^[A-Z]{2}$'),
    address text,
    latitude double precision check (latitude between -90 and 90),
    longitude double precision check (longitude between -180 and 180),
    url text,
    languages text[] not null default '{}',
    capacity int check (capacity > 0),
    official boolean not null default false,
    cancelled_at timestamptz,
    check (ends_at > starts_at)
  );
  create index event_start on event (starts_at, subject_id);
  create index event_end on event (ends_at);
  create table registration (
    event_id uuid not null references event,
    person_id uuid not null references person,
    state text not null check (state in ('registered', 'waiting')),
    position bigint generated always as identity,
    created_at timestamptz not null default now(),
    primary key (event_id, person_id)
  );
  create index registration_queue on registration (event_id, state, position);
  create index registration_person on registration (person_id);
  create table report (
    subject_id uuid primary key references subject,
    event_id uuid not null unique references event,
    attendees int not null check (attendees between 0 and 1000000)
  );
  create table link (
    from_id uuid not null references subject,
    to_id uuid not null references subject,
    type text not null check (type in ('discussed', 'born')),
    created_at timestamptz not null default now(),
    primary key (from_id, to_id, type)
  );
  create index link_to on link (to_id, type);
  alter table decision drop constraint decision_type_check;
  alter table decision add constraint decision_type_check check (type in ('hidden', 'restored', 'cancelled'));
  alter table comment add column about_id uuid references subject;
  update comment c set about_id = s.root_id from subject s where s.id = c.subject_id;
  alter table comment alter column about_id set not null;
  create index comment_about on comment (about_id);
  create table report_of_text (
    text_id uuid not null references text,
    person_id uuid not null references person,
    reason text not null check (reason in ('spam', 'offensive', 'illegal', 'personal-data', 'off-topic', 'wrong-translation')),
    language text,
    note text,
    created_at timestamptz not null default now(),
    settled_at timestamptz,
    settled_by uuid references person,
    primary key (text_id, person_id)
  );
  create index subject_closed_list on subject (published_at desc, id desc) where closed_at is not null;
  create index report_of_text_open on report_of_text (created_at) where settled_at is null`;
