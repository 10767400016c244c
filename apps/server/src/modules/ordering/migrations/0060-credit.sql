-- Store credit that pays part or all of an order. It is payment: neither the total nor any tax knows of it.

alter table ordering.order add column credit_paise bigint not null default 0
  check (credit_paise >= 0);
grant update (credit_paise, payment_method) on ordering.order to janta_app;

alter table ordering.return drop constraint return_refund_way_check;
alter table ordering.return
  add constraint return_refund_way_check check (refund_way in ('source', 'cash', 'transfer', 'credit')),
  -- What of the refund was paid with store credit and became credit again.
  add column credit_paise bigint not null default 0 check (credit_paise between 0 and coalesce(refund_paise, 0));
grant update (credit_paise) on ordering.return to janta_app;
