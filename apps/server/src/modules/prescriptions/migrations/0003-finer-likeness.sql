-- Two prescriptions written on one clinic's paper differ in little: sixteen points a side could not tell them apart,
-- sixty-four can.
alter table prescriptions.upload_page drop constraint upload_page_tone_check;
alter table prescriptions.upload_page add constraint upload_page_tone_check check (length(tone) = 4096);
