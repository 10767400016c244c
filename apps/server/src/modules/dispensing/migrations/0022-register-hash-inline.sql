-- A setting of its own kept the planner from writing the function out over the columns: every row then became a record
-- that was taken apart again for each of its 38 fields. All it calls lies in pg_catalog, which is searched first anyhow.
alter function dispensing.register_hash(dispensing.register_entry) reset all;
