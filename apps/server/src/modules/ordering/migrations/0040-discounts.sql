-- What coupons and offers take off, frozen line by line with the order, and the language its papers are in.

alter table ordering.cart add column coupon_code text check (coupon_code ~ '^[A-Z0-9]{3,20}$');
grant update (coupon_code) on ordering.cart to janta_app;

alter table ordering.order
  add column language text not null default 'en' check (language in ('en', 'hi')),
  add column discount_paise bigint not null default 0 check (discount_paise between 0 and items_paise);
alter table ordering.order
  alter column total_paise set expression as (items_paise - discount_paise + delivery_fee_paise + round_off_paise);

alter table ordering.order_line
  add column discount_paise bigint not null default 0,
  add check (discount_paise between 0 and price_paise * quantity);

grant update (discount_paise) on ordering.order to janta_app;
grant update (discount_paise) on ordering.order_line to janta_app;
