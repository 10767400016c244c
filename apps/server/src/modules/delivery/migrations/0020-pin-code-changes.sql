-- What each import of PIN codes changed, so that it can be undone where nobody changed it since.

create table delivery.pin_code_change (
  run_id uuid not null,
  pin text not null,
  before jsonb,
  after jsonb not null,
  undone text check (undone in ('restored', 'kept')),
  primary key (run_id, pin)
);
grant select, insert, update (undone) on delivery.pin_code_change to janta_app;
