import { Migration } from '@mikro-orm/migrations';

/** People, subjects, texts, translations, activity: what every kind of contribution shares, with spaces, ideas and decisions on it. */
export class TheThread extends Migration {
  override up(): void {
    for (const part of [PLATFORM, PEOPLE, SUBJECTS, TEXTS, KINDS, ACTIVITY]) {
      // The embedded database takes one statement a call.
      for (const statement of part.split(/;\n/)) this.addSql(statement.trim());
    }
  }
}

const PLATFORM = `
  create table platform (
    id smallint primary key default 1 check (id = 1),
    generation bigint not null,
    system_identifier text not null,
    created_at timestamptz not null default now()
  );
  insert into platform (generation, system_identifier)
    select extract(epoch from now())::bigint, system_identifier::text from pg_control_system();
  create table rate (
    bucket text not null,
    window_start timestamptz not null,
    count int not null,
    primary key (bucket, window_start)
  );
  create index rate_window on rate (window_start)`;

const PEOPLE = `
  create table person (
    id uuid primary key,
    handle text unique check (handle ~ '^[a-z0-9][a-z0-9-]{1,28}[a-z0-9]$'),
    name text,
    email text unique,
    interface_language text not null,
    reads text[] not null default '{}',
    shows_first text check (shows_first in ('translation', 'original')),
    created_at timestamptz not null,
    erased_at timestamptz
  );
  create table reserved_handle (handle text primary key);
  create table role (
    id uuid primary key,
    person_id uuid not null references person,
    name text not null check (name in ('organizer', 'moderator', 'secretariat', 'administrator')),
    space_id uuid,
    unique nulls not distinct (person_id, name, space_id)
  );
  create table session (
    id text primary key,
    person_id uuid references person,
    data jsonb not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
  );
  create index session_person on session (person_id);
  create index session_expires on session (expires_at);
  create table sign_in_link (
    id uuid primary key,
    token_hash text unique,
    email text not null,
    language text not null,
    return_to text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
  );
  create index sign_in_link_expires on sign_in_link (expires_at);
  create table api_token (
    id text primary key,
    person_id uuid not null references person,
    unlimited boolean not null default false,
    created_at timestamptz not null,
    revoked_at timestamptz
  )`;

const SUBJECTS = `
  create table subject (
    id uuid primary key,
    kind text not null,
    space_id uuid references subject,
    author_id uuid references person,
    parent_id uuid references subject,
    root_id uuid not null references subject deferrable initially deferred,
    text_id uuid,
    visibility text not null default 'public' check (visibility in ('public', 'space', 'author', 'staff')),
    published_at timestamptz not null,
    edited_at timestamptz,
    withdrawn_at timestamptz,
    hidden_at timestamptz,
    closed_at timestamptz,
    origin_host text,
    source text,
    uri text unique
  );
  create index subject_list on subject (kind, published_at desc, id desc) where closed_at is null and visibility = 'public';
  create index subject_space_list on subject (space_id, kind, published_at desc, id desc) where closed_at is null and visibility = 'public';
  create index subject_parent on subject (parent_id) where parent_id is not null;
  create index subject_author on subject (author_id, published_at desc);
  create table idempotency (
    person_id uuid not null references person,
    key text not null,
    body_hash text not null,
    subject_id uuid references subject,
    created_at timestamptz not null,
    primary key (person_id, key)
  );
  create index idempotency_created on idempotency (created_at)`;

const TEXTS = `
  create table text (
    id uuid primary key,
    subject_id uuid not null references subject deferrable initially deferred,
    version int not null,
    title text,
    body text,
    language text not null,
    decided_by text not null check (decided_by in ('detector', 'author', 'moderator', 'import', 'remote', 'pending')),
    detected_language text,
    detected_confidence real,
    hash text,
    written_at timestamptz not null,
    erased_at timestamptz,
    unique (subject_id, version)
  );
  alter table subject add foreign key (text_id) references text deferrable initially deferred;
  create index subject_text on subject (text_id);
  create table translation (
    text_id uuid not null references text,
    language text not null,
    human boolean not null default false,
    title text,
    body text,
    state text not null check (state in ('queued', 'ready', 'failed', 'suspended')),
    origin text not null check (origin in ('machine', 'human', 'reviewed', 'import', 'remote')),
    engine text,
    via text,
    source_language text not null,
    outdated boolean not null default false,
    priority smallint not null default 0,
    tries smallint not null default 0,
    failure text,
    lease_until timestamptz,
    wished_at timestamptz not null,
    ready_at timestamptz,
    primary key (text_id, language, human)
  );
  create index translation_queue on translation (priority desc, wished_at) where state in ('queued', 'failed');
  create table text_correction (
    id uuid primary key,
    text_id uuid not null references text,
    before text not null,
    after text not null,
    person_id uuid references person,
    corrected_at timestamptz not null
  );
  create index text_correction_text on text_correction (text_id)`;

const KINDS = `
  create table space (
    subject_id uuid primary key references subject,
    slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,60}$'),
    position int not null
  );
  alter table role add foreign key (space_id) references space;
  create table idea (
    subject_id uuid primary key references subject
  );
  create table decision (
    subject_id uuid primary key references subject,
    type text not null check (type in ('hidden', 'restored'))
  )`;

/** The order is (generation, xid, id): see docs/decisions/002. Ids and types only: no name, no text, no address. */
const ACTIVITY = `
  create table activity (
    id bigint generated always as identity primary key,
    generation bigint not null,
    xid xid8 not null default pg_current_xact_id(),
    type text not null,
    kind text not null,
    subject_id uuid not null,
    root_id uuid not null,
    space_id uuid,
    actor_id uuid,
    text_id uuid,
    language text,
    at timestamptz not null default now()
  );
  create index activity_order on activity (generation, xid, id);
  create index activity_subject on activity (subject_id, type);
  create table activity_cursor (
    reader text primary key,
    generation bigint not null,
    xid xid8 not null,
    id bigint not null
  )`;
