-- How often a change of sessions or roles could not be told to the processes that keep sessions in memory. Whoever keeps
-- one keeps this number with it, so raising it in the change's own transaction makes all of them ask again.

create table identity.session_change (
  only_one boolean primary key default true check (only_one),
  number bigint not null default 0
);
insert into identity.session_change default values;

grant select on identity.session_change to janta_app;
grant update (number) on identity.session_change to janta_app;
