-- Photos of the supplier's paper bill, kept beside our invoices for as long as books are kept.
create table purchasing.bill_page (
  id uuid primary key,
  bill_id uuid not null references purchasing.bill,
  state text not null default 'awaiting' check (state in ('awaiting', 'ready', 'refused')),
  refusal text check (length(refusal) between 1 and 200),
  sent_at timestamptz not null default kernel.now(),
  sent_by uuid,
  check ((state = 'refused') = (refusal is not null))
);
create index bill_page_by_bill on purchasing.bill_page (bill_id, sent_at, id);

grant select, insert, update (state, refusal) on purchasing.bill_page to janta_app;
