-- Which column of a supplier's bill file gives what, as a person chose it for a file with these headings.
create table purchasing.bill_file_columns (
  supplier_id uuid not null references purchasing.supplier,
  headings_key text not null check (length(headings_key) between 1 and 4000),
  columns jsonb not null check (jsonb_typeof(columns) = 'object'),
  primary key (supplier_id, headings_key)
);
grant select, insert, update on purchasing.bill_file_columns to janta_app;

-- Which medicine the code on a pack means, learned from bills received with a scanner.
create table purchasing.pack_code (
  gtin text primary key check (gtin ~ '^[0-9]{14}$'),
  pack_id uuid not null
);
grant select, insert, update on purchasing.pack_code to janta_app;
