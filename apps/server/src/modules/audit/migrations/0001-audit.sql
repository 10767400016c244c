-- Who did what to which object, in which request: written in the act's own transaction, never changed.

create table audit.entry (
  id uuid primary key,
  at timestamptz not null default kernel.now(),
  action text not null check (action ~ '^[a-z]+\.[a-z_]+$'),
  actor_id uuid,
  request_id text not null,
  object_id text
);
create index entry_by_object on audit.entry (object_id, at);
create index entry_by_actor on audit.entry (actor_id, at);
create index entry_by_time on audit.entry (at);
create trigger entry_append_only before update or delete or truncate on audit.entry
  for each statement execute function kernel.refuse_change();

grant usage on schema audit to janta_app;
grant select, insert on audit.entry to janta_app;
