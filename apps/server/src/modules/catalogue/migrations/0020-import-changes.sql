-- What each import changed, so that it can be undone as a whole where nobody changed it since.

create function catalogue.medicine_state(clinical_drug_id integer, form text, composition text, composition_state text)
returns jsonb language sql immutable parallel safe return
  jsonb_build_object('clinicalDrugId', clinical_drug_id, 'form', form, 'composition', composition,
    'compositionState', composition_state);

create function catalogue.pack_state(label text, is_discontinued boolean, popularity real, mrp_paise bigint,
  price_paise bigint)
returns jsonb language sql immutable parallel safe return
  jsonb_build_object('label', label, 'isDiscontinued', is_discontinued, 'popularity', popularity,
    'mrpPaise', mrp_paise, 'pricePaise', price_paise);

create table catalogue.import_change (
  run_id uuid not null,
  number bigint generated always as identity,
  subject text not null check (subject in ('medicine', 'pack', 'supplier_price')),
  subject_id text not null,
  -- Null: the import added it.
  before jsonb,
  after jsonb not null,
  -- 'kept': somebody changed it after the import, so the undoing left it.
  undone text check (undone in ('restored', 'kept')),
  primary key (run_id, number)
);
create index import_change_to_undo on catalogue.import_change (run_id, number) where undone is null;
create index import_change_kept on catalogue.import_change (run_id, number) where undone = 'kept';

-- "No price from this day" is what the undoing of an import has to be able to say.
alter table catalogue.price alter column price_paise drop not null;
alter table catalogue.price alter column mrp_paise drop not null;

-- What a distributor's list asks of the shop for a pack: the newest list of each distributor.
create table catalogue.supplier_price (
  supplier text not null check (length(supplier) between 1 and 120),
  pack_id uuid not null references catalogue.pack (id),
  rate_paise bigint check (rate_paise between 1 and 10000000000),
  mrp_paise bigint not null check (mrp_paise between 1 and 10000000000),
  listed_on date not null default kernel.today(),
  primary key (supplier, pack_id)
);
create index supplier_price_by_pack on catalogue.supplier_price (pack_id);

grant select, insert, update (undone) on catalogue.import_change to janta_app;
grant select, insert, update, delete on catalogue.supplier_price to janta_app;
-- After a hundred thousand new rows the planner must not wait for somebody else to count them.
grant maintain on catalogue.medicine, catalogue.pack, catalogue.price, catalogue.clinical_drug,
  catalogue.clinical_drug_salt, catalogue.manufacturer to janta_app;
