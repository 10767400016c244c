-- A customer may think better of a return that nobody decided yet.

alter table ordering.return drop constraint return_state_check;
alter table ordering.return
  add constraint return_state_check check (state in ('asked', 'accepted', 'declined', 'withdrawn'));
