-- Every page asks for the matrix and the rules. A function is planned anew at each call, which cost 14 ms a page, so
-- the statements themselves ask now; and rules are found by a plain index, not by the one that keeps periods apart.

drop function catalogue.decisions_of(uuid);
drop function catalogue.is_switched_on(uuid, text);
create index schedule_rule_by_substance on catalogue.schedule_rule (substance_id, effective_from);
