-- A pharmacist may let the last strip be cut, so that a line comes to what the paper says and not to whole packs: the
-- units are then fewer than the packs hold. Only widens what was allowed.
alter table prescriptions.review_line
  add column approved_units integer check (approved_units between 1 and 9900000),
  add constraint review_line_cut_is_reduced check (approved_units is null or verdict = 'reduced'),
  drop constraint review_line_check4,
  add constraint review_line_reduced_is_less
    check (verdict <> 'reduced' or approved_packs < asked_packs or approved_units is not null);
grant update (approved_units) on prescriptions.review_line to janta_app;
