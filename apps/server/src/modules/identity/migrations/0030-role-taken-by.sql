-- Who took a role, beside who gave it, so that an administrator sees a change of roles with both names.
-- Empty for what was taken before this, or at the terminal, where nobody is signed in.
alter table identity.role_grant add column revoked_by uuid references identity.person;
create index role_grant_by_taker on identity.role_grant (revoked_by) where revoked_by is not null;
grant update (revoked_by) on identity.role_grant to janta_app;
