import { Migration } from '@mikro-orm/migrations';

/** Other servers: who follows what here, what is told to them and what they said. */
export class Federation extends Migration {
  override up(): void {
    // Null: not asked yet, which means no.
    this.addSql('alter table person add column federated boolean');
    // People of other servers are persons here, too: with an address there, and no way in.
    this.addSql('alter table person add column uri text unique, add column host text');
    this.addSql('alter table person drop constraint person_handle_check');
    this.addSql(`
      alter table person add constraint person_handle_check check (
        case when host is null then handle ~ '^[a-z0-9][a-z0-9-]{1,28}[a-z0-9]$' else length(handle) <= 400 end
      )
    `);
    this.addSql('create index person_elsewhere on person (id) where host is not null');
    this.addSql('alter table flag drop constraint report_of_text_reason_check');
    this.addSql(`
      alter table flag add constraint flag_reason_check
        check (reason in ('spam', 'offensive', 'illegal', 'personal-data', 'off-topic', 'wrong-translation', 'elsewhere'))
    `);
    // Spaces and people share one namespace where other servers look for them.
    this.addSql('insert into reserved_handle (handle) select slug from space on conflict do nothing');
    this.addSql(`
      create table actor_key (
        actor text not null, version int not null, public_pem text not null, sealed text not null,
        created_at timestamptz not null default now(), primary key (actor, version)
      )
    `);
    this.addSql(`
      create table neighbour (
        host text primary key, state text not null default 'known' check (state in ('known', 'allowed', 'held', 'blocked')),
        first_seen_at timestamptz not null default now(), last_in_at timestamptz, last_out_at timestamptz,
        failures int not null default 0, next_try_at timestamptz, last_failure text
      )
    `);
    this.addSql(`
      create table remote_actor (
        uri text primary key, host text not null, type text not null, handle text not null, name text not null,
        inbox text not null, shared_inbox text, url text, indexable boolean not null default false,
        fetched_at timestamptz not null default now(), gone_at timestamptz
      )
    `);
    this.addSql('create index remote_actor_host on remote_actor (host)');
    this.addSql(`
      create table follower (
        actor text not null, follower text not null references remote_actor on delete cascade,
        activity text not null, since timestamptz not null default now(), primary key (actor, follower)
      )
    `);
    this.addSql('create index follower_follower on follower (follower)');
    this.#addOutgoing();
    this.#addIncoming();
  }

  #addOutgoing(): void {
    this.addSql(`
      create table told_subject (
        subject_id uuid primary key references subject, uri text not null, type text not null, actor text not null,
        told_at timestamptz not null default now(), deleted_at timestamptz
      )
    `);
    this.addSql(
      'create table due_telling (subject_id uuid primary key references subject, due_at timestamptz not null)',
    );
    this.addSql('create index due_telling_due on due_telling (due_at)');
    this.addSql(`
      create table sent_activity (
        id uuid primary key, actor text not null, type text not null, subject_id uuid references subject,
        body jsonb not null, is_listed boolean not null, at timestamptz not null default now()
      )
    `);
    this.addSql('create index sent_activity_actor on sent_activity (actor, id) where is_listed');
    this.addSql('create index sent_activity_subject on sent_activity (subject_id)');
    this.addSql(`
      create table delivery (
        id bigint generated always as identity primary key, activity_id uuid not null references sent_activity on delete cascade,
        inbox text not null, host text not null, tries smallint not null default 0, due_at timestamptz not null default now(),
        lease_until timestamptz, failure text, unique (activity_id, inbox)
      )
    `);
    this.addSql('create index delivery_inbox on delivery (inbox, id)');
    this.addSql('create index delivery_host on delivery (host)');
  }

  #addIncoming(): void {
    this.addSql(`
      create table remote_join (
        event_id uuid not null references subject, person_id uuid not null references person, body jsonb not null,
        answered_at timestamptz, primary key (event_id, person_id)
      )
    `);
    this.addSql(`
      create table received_activity (
        uri text primary key, actor text not null, host text not null, type text not null,
        state text not null check (state in ('done', 'ignored', 'set aside')), reason text, body jsonb,
        at timestamptz not null default now()
      )
    `);
    this.addSql(`create index received_activity_aside on received_activity (at) where state = 'set aside'`);
    this.addSql('create index received_activity_at on received_activity (at)');
  }
}
