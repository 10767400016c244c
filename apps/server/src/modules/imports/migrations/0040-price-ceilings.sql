-- Lists of notified price ceilings come in, too.

alter table imports.run drop constraint run_kind_check;
alter table imports.run add constraint run_kind_check
  check (kind in ('catalogue_list', 'jan_aushadhi', 'supplier_prices', 'pin_codes', 'price_ceilings'));
