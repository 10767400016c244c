-- A line may come to fewer base units than its packs hold, where a pharmacist lets the last strip be cut: the customer
-- pays for these. What a pack holds is frozen beside them, so that the sum needs no other table.
alter table ordering.order_line
  add column units integer,
  add column units_per_pack integer,
  add constraint order_line_cut_is_of_the_last_pack check (
    (units is null) = (units_per_pack is null)
    and (units is null or (units > (quantity - 1) * units_per_pack and units < quantity * units_per_pack)));
-- Rounded down, as the invoice's gross is: what is cut never costs more than its share of the pack.
alter table ordering.order_line alter column amount_paise set expression as (
  case when units is null then price_paise * quantity else price_paise * units / units_per_pack end);
grant update (units, units_per_pack) on ordering.order_line to janta_app;
