-- Store credit: money the pharmacy owes a person, as a ledger nobody rewrites. It pays for orders and is never a
-- discount, so it changes no tax. It has no end: what is owed stays owed.

create table payments.credit (
  person_id uuid primary key,
  balance_paise bigint not null check (balance_paise between 0 and 9007199254740991)
);

create table payments.credit_entry (
  id bigint generated always as identity primary key,
  person_id uuid not null references payments.credit,
  order_id uuid not null,
  -- goodwill: a present. refunded: money of an order, kept here instead of going back to its source. spent: pays an
  -- order. returned: what was spent on an order comes back.
  kind text not null check (kind in ('goodwill', 'refunded', 'spent', 'returned')),
  amount_paise bigint not null check (amount_paise <> 0 and (amount_paise < 0) = (kind = 'spent')),
  -- Names the cause: the same cause moves nothing twice.
  key text not null unique check (length(key) between 1 and 120),
  note text check (length(note) between 1 and 200),
  actor_id uuid,
  at timestamptz not null default kernel.now(),
  request_id text not null,
  check (kind <> 'goodwill' or (note is not null and actor_id is not null))
);
create index credit_entry_of_person on payments.credit_entry (person_id, id desc);
create index credit_entry_of_order on payments.credit_entry (order_id, id);
create unique index credit_spent_once on payments.credit_entry (order_id) where kind = 'spent';
create trigger credit_entry_append_only before update or delete or truncate on payments.credit_entry
  for each statement execute function kernel.refuse_change();

-- The only writer of entries and balances. Returns the new balance, the standing one for a cause that moved before,
-- and nothing when there is less than is asked: of the balance to spend, or of what was spent to return.
create function payments.move_credit(entry jsonb) returns bigint
  language plpgsql security definer set search_path = '' as $$
declare
  given payments.credit_entry := jsonb_populate_record(null::payments.credit_entry, entry);
  balance bigint;
begin
  insert into payments.credit (person_id, balance_paise) values (given.person_id, 0) on conflict do nothing;
  select balance_paise into balance from payments.credit where person_id = given.person_id for update;
  if exists (select from payments.credit_entry where key = given.key) then return balance; end if;
  if balance + given.amount_paise < 0 then return null; end if;
  if given.kind = 'returned' and given.amount_paise > (
    select -coalesce(sum(amount_paise), 0) from payments.credit_entry
    where order_id = given.order_id and person_id = given.person_id and kind in ('spent', 'returned')
  ) then return null; end if;
  update payments.credit set balance_paise = balance_paise + given.amount_paise
    where person_id = given.person_id;
  insert into payments.credit_entry (person_id, order_id, kind, amount_paise, key, note, actor_id, request_id)
  values (given.person_id, given.order_id, given.kind, given.amount_paise, given.key, given.note, given.actor_id,
    given.request_id);
  return balance + given.amount_paise;
end $$;
revoke execute on function payments.move_credit(jsonb) from public;
grant execute on function payments.move_credit(jsonb) to janta_app;
grant select on payments.credit, payments.credit_entry to janta_app;
