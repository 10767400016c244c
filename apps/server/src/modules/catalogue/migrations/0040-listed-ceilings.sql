-- A ceiling that a list brought in can be taken back: it then ends on the day it began, and so never held.

alter table catalogue.price_control drop constraint price_control_check1;
alter table catalogue.price_control add constraint price_control_period check (effective_to >= effective_from);

alter table catalogue.import_change drop constraint import_change_subject_check;
alter table catalogue.import_change add constraint import_change_subject_check
  check (subject in ('medicine', 'pack', 'supplier_price', 'price_control'));
