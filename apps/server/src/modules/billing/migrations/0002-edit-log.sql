-- The edit log, which cannot be switched off: triggers of the owner write it, and nobody may change it.
create table billing.entry (
  id bigint generated always as identity primary key,
  at timestamptz not null default kernel.now(),
  act text not null,
  object_id uuid not null,
  number text,
  actor_id uuid,
  request_id text not null,
  total_paise bigint
);
create index entry_by_time on billing.entry (at, id);
create index entry_by_object on billing.entry (object_id);

create function billing.write_entry() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  posted jsonb := to_jsonb(new);
begin
  insert into billing.entry (act, object_id, number, actor_id, request_id, total_paise)
  values (tg_argv[0], (posted ->> tg_argv[1])::uuid, posted ->> 'number', (posted ->> tg_argv[2])::uuid,
    posted ->> 'request_id', (posted ->> 'total_paise')::bigint);
  return null;
end $$;

create trigger seller_entry after insert on billing.seller
  for each row execute function billing.write_entry('seller_recorded', 'id', 'recorded_by');
create trigger tax_rate_entry after insert on billing.tax_rate
  for each row execute function billing.write_entry('tax_rate_recorded', 'id', 'recorded_by');
create trigger invoice_entry after insert on billing.invoice
  for each row execute function billing.write_entry('invoice_issued', 'id', 'issued_by');
create trigger credit_note_entry after insert on billing.credit_note
  for each row execute function billing.write_entry('credit_note_issued', 'id', 'issued_by');
create trigger cancellation_entry after insert on billing.cancellation
  for each row execute function billing.write_entry('invoice_cancelled', 'document_id', 'cancelled_by');
create trigger entry_append_only before update or delete or truncate on billing.entry
  for each statement execute function kernel.refuse_change();
grant select on billing.entry to janta_app;
