-- An order may wait for a pharmacist, for the customer's choice or for money before it is placed. Everything here only
-- widens what was allowed, so the release before this one goes on working.

alter table ordering.order
  add column fulfilment text not null default 'delivery' check (fulfilment in ('delivery', 'pickup')),
  drop constraint order_state_check,
  add constraint order_state_check check (state in ('awaiting_prescription', 'awaiting_choice', 'awaiting_payment',
    'placed', 'packed', 'out_for_delivery', 'delivered', 'returned', 'cancelled')),
  drop constraint order_payment_method_check,
  add constraint order_payment_method_check check (payment_method in ('cash_on_delivery', 'prepaid'));

drop index ordering.order_held;
create index order_held on ordering.order (held_until)
  where state in ('awaiting_prescription', 'awaiting_choice', 'awaiting_payment', 'placed');

alter table ordering.order_line
  -- What the customer asked for, where a pharmacist approved less; zero packs of a line are none of it.
  add column asked_quantity integer check (asked_quantity between 1 and 99),
  add column needs_prescription boolean not null default false,
  drop constraint order_line_quantity_check,
  add constraint order_line_quantity_check
    check (quantity between 0 and 99 and (quantity > 0 or asked_quantity is not null)),
  add check (quantity <= coalesce(asked_quantity, quantity));

-- In cash an invoice is rounded to the rupee (domain: outside tax), once it is known; the order then says the same sum.
alter table ordering.order
  add column round_off_paise integer not null default 0 check (round_off_paise between -99 and 49);
alter table ordering.order
  alter column total_paise set expression as (items_paise + delivery_fee_paise + round_off_paise);

alter table ordering.order_event
  drop constraint order_event_state_check,
  add constraint order_event_state_check check (state in ('awaiting_prescription', 'awaiting_choice',
    'awaiting_payment', 'placed', 'packed', 'out_for_delivery', 'delivered', 'returned', 'cancelled'));

grant update (held_until, packs, round_off_paise) on ordering.order to janta_app;
grant update (quantity, asked_quantity) on ordering.order_line to janta_app;
