-- A scanned strip is found by what is printed on it, compared without spaces and in capitals.
create index batch_by_number on stock.batch (upper(regexp_replace(batch_number, '\s', '', 'g')), expires_on desc);
