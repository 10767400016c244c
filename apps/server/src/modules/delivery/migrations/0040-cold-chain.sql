-- Where a cold box arrives in time: what must stay between 2 and 8 degrees is delivered only there.
-- Not known of a lane means no.
alter table delivery.lane add column is_cold_chain boolean not null default false;

-- The sample store's own city, within hours; a store somebody made says so itself.
update delivery.lane set is_cold_chain = true where store_id = 'sample_indore' and pin_prefix = '452';
