-- An order whose packs were taken from it by a recall waits, unpacked, until the shelf can fill it again.

alter table ordering.order add column on_hold_since timestamptz;
create index order_on_hold on ordering.order (on_hold_since) where on_hold_since is not null and state = 'placed';
grant update (on_hold_since) on ordering.order to janta_app;
