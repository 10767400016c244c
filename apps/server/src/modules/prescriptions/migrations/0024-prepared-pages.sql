-- A page fetched behind the one that is worked on is not a look at it yet; opening the review writes the look.
alter table prescriptions.upload_view drop constraint upload_view_reason_check;
alter table prescriptions.upload_view add constraint upload_view_reason_check
  check (reason in ('own', 'prepared', 'review', 'dispensing', 'inspection', 'complaint'));
