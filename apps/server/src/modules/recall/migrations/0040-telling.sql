-- Whose receiver was asked to be told of a recall: once each, however often the button is pressed or the job is repeated.
create table recall.telling (
  recall_id uuid not null references recall.recall,
  order_id uuid not null,
  asked_at timestamptz not null default kernel.now(),
  primary key (recall_id, order_id)
);
grant select, insert on recall.telling to janta_app;
