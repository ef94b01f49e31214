import { Migration } from '@mikro-orm/migrations';

/** A queue that many engines share, what was translated once, what people improve, and what each reader wants to see. */
export class TranslationInFull extends Migration {
  override up(): void {
    for (const part of [QUEUE, ENGINES, MEMORY, PEOPLE]) {
      for (const statement of part.split(/;\n/)) this.addSql(statement.trim());
    }
  }
}

/** Only `queued` rows are looked for; `suspended` ones wait for an engine, `failed` ones for a person. */
const QUEUE = `
  alter table space add column external_engines boolean not null default true;
  create table backfill (
    id uuid primary key,
    space_id uuid references space,
    language text,
    total int not null default 0,
    characters bigint not null default 0,
    created_by uuid references person,
    created_at timestamptz not null,
    after_text uuid,
    filled_at timestamptz,
    stopped_at timestamptz
  );
  alter table translation add column variant text;
  alter table translation add column local_only boolean not null default false;
  alter table translation add column backfill_id uuid references backfill;
  alter table translation add column missed_terms text[];
  alter table translation add column author_id uuid references person;
  drop index translation_queue;
  create index translation_queue on translation (priority desc, wished_at) where state = 'queued' and not human;
  create index translation_queue_pair on translation (source_language, language, priority desc, wished_at) where state = 'queued' and not human;
  create index translation_suspended on translation (source_language, language) where state = 'suspended' and not human;
  create index translation_failed on translation (failure) where state = 'failed' and not human;
  create index translation_backfill on translation (backfill_id, state) where backfill_id is not null;
  create index translation_missed_terms on translation (ready_at desc) where missed_terms is not null`;

/** One row an engine, shared by all processes: whether somebody paused it, and until when it is left alone after failures. */
const ENGINES = `
  create table engine_state (
    engine text primary key,
    paused_at timestamptz,
    paused_by uuid references person,
    open_until timestamptz,
    reason text,
    message text,
    failures int not null default 0,
    failed_at timestamptz,
    succeeded_at timestamptz
  );
  create table engine_use (
    engine text not null,
    day date not null,
    characters bigint not null default 0,
    remembered bigint not null default 0,
    euro numeric(14, 6) not null default 0,
    texts int not null default 0,
    calls int not null default 0,
    milliseconds bigint not null default 0,
    primary key (engine, day)
  );
  create table engine_failure (
    engine text not null,
    day date not null,
    kind text not null,
    count int not null default 0,
    primary key (engine, day, kind)
  );
  create table submission (
    token_hash text primary key,
    engine text not null,
    source_language text not null,
    target_language text not null,
    texts jsonb not null,
    submitted_at timestamptz not null,
    answered_at timestamptz
  );
  create index submission_submitted on submission (submitted_at)`;

/** `memory_use` has no foreign keys: checking them took as long as everything else that is stored with a translation. */
const MEMORY = `
  create table memory (
    key text primary key,
    source_language text not null,
    target_language text not null,
    engine text not null,
    text text not null,
    created_at timestamptz not null
  );
  create index memory_created on memory (created_at);
  create table memory_use (
    memory_key text not null,
    text_id uuid not null,
    primary key (text_id, memory_key)
  );
  create index memory_use_key on memory_use (memory_key);
  create table glossary_term (
    id uuid primary key,
    space_id uuid references space,
    source_language text not null,
    target_language text not null,
    source text not null,
    target text not null,
    author_id uuid references person,
    created_at timestamptz not null
  );
  create unique index glossary_term_once on glossary_term (source_language, target_language, lower(source), space_id) nulls not distinct`;

const PEOPLE = `
  create table translation_revision (
    id uuid primary key,
    subject_id uuid not null references subject,
    text_id uuid not null references text,
    language text not null,
    number int not null,
    act text not null check (act in ('improved', 'rolled-back', 'removed')),
    title text,
    body text,
    author_id uuid references person,
    written_at timestamptz not null,
    unique (subject_id, language, number)
  );
  create table text_choice (
    person_id uuid not null references person,
    subject_id uuid not null references subject,
    view text not null check (view in ('translation', 'original')),
    primary key (person_id, subject_id)
  )`;
