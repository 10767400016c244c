-- What lay of each batch at the end of a day, kept by night, so that the worth of a past day needs one day's movements
-- more and not the whole ledger. A sum of the ledger, never a source for it.

create table stock.checkpoint (
  day date primary key,
  written_at timestamptz not null default kernel.now()
);
create table stock.checkpoint_balance (
  day date not null references stock.checkpoint,
  batch_id uuid not null,
  units integer not null check (units > 0),
  primary key (day, batch_id)
);
create trigger checkpoint_balance_append_only before update or delete or truncate on stock.checkpoint_balance
  for each statement execute function kernel.refuse_change();
grant select, insert on stock.checkpoint, stock.checkpoint_balance to janta_app;
