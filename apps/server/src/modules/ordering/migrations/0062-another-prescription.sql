-- A customer who waits for her doctor may send another prescription, so an order may be looked at, and ask for a choice,
-- more than once (`prescriptionRoundsMax`). Every other state is still entered once. This only widens what was allowed.
alter table ordering.order_event drop constraint order_event_order_id_state_key;
create unique index order_event_once on ordering.order_event (order_id, state)
  where state not in ('awaiting_prescription', 'awaiting_choice');
create index order_event_of_order on ordering.order_event (order_id, id);
