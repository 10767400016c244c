-- What the shop does with each class of medicine, as rows a lawyer can read; who may switch what; what is banned.

-- A class's decision stands when every switch it names is on, and the other one as soon as any is off.
create table catalogue.decision_rule (
  class text primary key check (class in ('none', 'G', 'C', 'H', 'H1', 'X', 'NDPS', 'MTP', 'banned', 'unknown')),
  position smallint not null unique,
  shows_in_catalogue boolean not null,
  shows_price boolean not null,
  cart text not null check (cart in ('yes', 'held_for_review', 'reserve_only', 'no')),
  needs_prescription boolean not null,
  delivery text not null check (delivery in ('all_served_pins', 'cold_chain_pins', 'district_of_store', 'never')),
  pickup text not null check (pickup in ('yes', 'original_prescription_sighted', 'no')),
  decision text not null
    check (decision in ('open', 'prescription', 'store_only', 'blocked', 'unclassified')),
  switches text[] not null default '{}',
  decision_when_off text
    check (decision_when_off in ('open', 'prescription', 'store_only', 'blocked', 'unclassified')),
  citation text not null,
  check ((switches = '{}') = (decision_when_off is null))
);
insert into catalogue.decision_rule (class, position, shows_in_catalogue, shows_price, cart, needs_prescription,
  delivery, pickup, decision, switches, decision_when_off, citation)
values
  ('none', 1, true, true, 'yes', false, 'all_served_pins', 'yes', 'open', '{}', null,
    'Drugs Rules 1945, rule 65(9): a prescription is asked for Schedules H, H1 and X'),
  ('G', 2, true, true, 'yes', false, 'all_served_pins', 'yes', 'open', '{}', null,
    'Drugs Rules 1945, Schedule G and rule 97: a caution on the label'),
  ('C', 3, true, true, 'yes', false, 'cold_chain_pins', 'yes', 'open', '{}', null,
    'Drugs Rules 1945, rule 65(4)(1): the purchaser’s name and address are recorded'),
  ('H', 4, true, true, 'held_for_review', true, 'district_of_store', 'yes', 'prescription',
    '{rx_delivery_enabled}', 'store_only',
    'Drugs Rules 1945, rule 65(9); doorstep delivery notification of 26-03-2020 under section 26B'),
  ('H1', 5, true, true, 'reserve_only', true, 'district_of_store', 'original_prescription_sighted', 'prescription',
    '{rx_delivery_enabled,h1_delivery}', 'store_only',
    'Drugs Rules 1945, Schedule H1; most read the notification of 26-03-2020 as leaving H1 out'),
  ('X', 6, false, false, 'no', true, 'never', 'no', 'blocked', '{}', null,
    'Drugs Rules 1945, Schedule X and rule 65(9): a prescription in duplicate, sighted and kept'),
  ('NDPS', 7, false, false, 'no', true, 'never', 'no', 'blocked', '{}', null,
    'Narcotic Drugs and Psychotropic Substances Act 1985'),
  ('MTP', 8, false, false, 'no', true, 'never', 'no', 'blocked', '{}', null,
    'Medical Termination of Pregnancy Act 1971: supply restricted to approved providers'),
  ('banned', 9, false, false, 'no', false, 'never', 'no', 'blocked', '{}', null,
    'Drugs and Cosmetics Act 1940, section 26A'),
  ('unknown', 10, false, false, 'no', false, 'never', 'no', 'unclassified', '{}', null,
    'A drug nobody has classified is not sold: a choice of this software');
grant select on catalogue.decision_rule to janta_app;

-- What the owner of a store switched, when, by whom and why; the newest row stands at once.
create table catalogue.sale_switch (
  id uuid primary key,
  number bigint generated always as identity unique,
  store_id uuid not null,
  switch text not null check (switch in ('rx_delivery_enabled', 'h1_delivery')),
  is_on boolean not null,
  reason text not null check (length(reason) between 3 and 500),
  switched_by text not null,
  switched_at timestamptz not null default kernel.now(),
  -- By which copies of the catalogue in memory notice it; see 0010-followed.sql.
  written_in xid8 not null default pg_current_xact_id()
);
create index sale_switch_newest on catalogue.sale_switch (store_id, switch, number desc);
create trigger sale_switch_append_only before update or delete or truncate on catalogue.sale_switch
  for each statement execute function kernel.refuse_change();
grant select, insert on catalogue.sale_switch to janta_app;
-- The store of the online orders, which stock made under this id.
insert into catalogue.sale_switch (id, store_id, switch, is_on, reason, switched_by)
values
  ('01900000-0000-7000-8000-0000000000a1', '01900000-0000-7000-8000-000000000001', 'rx_delivery_enabled', true,
    'The doorstep delivery notification of 26-03-2020 stands', 'seed of this software'),
  ('01900000-0000-7000-8000-0000000000a2', '01900000-0000-7000-8000-000000000001', 'h1_delivery', false,
    'No clear permission to deliver Schedule H1', 'seed of this software');

create function catalogue.is_switched_on(store uuid, wanted text) returns boolean
language sql stable set search_path = '' as $$
  select coalesce((
    select is_on from catalogue.sale_switch where store_id = $1 and switch = $2 order by number desc limit 1), false)
$$;

-- Every class with what may be done with it in this store now, as 'class decision price|no_price'.
create function catalogue.decisions_of(store uuid) returns text[]
language sql stable set search_path = '' as $$
  select array_agg(class || ' ' || case
      when (select bool_and(catalogue.is_switched_on($1, name)) from unnest(switches) as name) is not false
        then decision
      else decision_when_off
    end || ' ' || case when shows_price then 'price' else 'no_price' end order by position)
  from catalogue.decision_rule
$$;

-- Formulations whose sale is prohibited, from a day on. It is banned whatever contains every component listed.
create table catalogue.banned_formulation (
  id integer generated always as identity primary key,
  title text not null,
  -- Null means any. Routes and releases are those of catalogue.clinical_drug.
  route text,
  release text check (release in ('immediate', 'modified', 'delayed')),
  -- True bans only the combination of exactly these components and nothing else.
  is_exact boolean not null default false,
  effective_from date not null,
  effective_to date,
  source_citation text not null,
  recorded_by text not null,
  recorded_at timestamptz not null default kernel.now(),
  written_in xid8 not null default pg_current_xact_id(),
  check (effective_to > effective_from)
);
create table catalogue.banned_component (
  banned_formulation_id integer not null references catalogue.banned_formulation (id),
  substance_id integer not null references catalogue.substance (id),
  -- Banned only above this strength of one unit, in nanograms as strength keys count; null means any strength.
  above_nanograms bigint check (above_nanograms > 0),
  primary key (banned_formulation_id, substance_id)
);
create index banned_component_by_substance on catalogue.banned_component (substance_id);
grant select, insert on catalogue.banned_formulation, catalogue.banned_component to janta_app;
grant update (effective_to) on catalogue.banned_formulation to janta_app;

with banned as (
  insert into catalogue.banned_formulation (title, route, release, effective_from, source_citation, recorded_by)
  values ('Oral nimesulide above 100 mg, immediate release', 'oral', 'immediate', '2025-12-29',
    'S.O. 6091(E) of 29-12-2025 under section 26A, Gazette CG-DL-E-30122025-268922', 'seed of this software')
  returning id
)
insert into catalogue.banned_component (banned_formulation_id, substance_id, above_nanograms)
select banned.id, substance.id, 100000000 from banned, catalogue.substance where substance.name = 'nimesulide';

-- The bans in force on a day that reach this drug.
create function catalogue.is_banned(drug integer, day date) returns boolean
language sql stable as $$
  select exists (
    select from catalogue.clinical_drug as this
    join catalogue.clinical_drug_salt as reached on reached.clinical_drug_id = this.id
    join catalogue.substance as contained on contained.id = reached.substance_id
    join catalogue.banned_component as one on one.substance_id in (contained.id, contained.base_id)
    join catalogue.banned_formulation as ban on ban.id = one.banned_formulation_id
    where this.id = $1 and ban.effective_from <= $2 and (ban.effective_to is null or $2 < ban.effective_to)
      and (ban.route is null or ban.route = this.route)
      and (ban.release is null or ban.release = this.release)
      and not exists (
        select from catalogue.banned_component as wanted
        where wanted.banned_formulation_id = ban.id and not exists (
          select from catalogue.clinical_drug_salt as salt
          join catalogue.substance on substance.id = salt.substance_id
          where salt.clinical_drug_id = this.id and wanted.substance_id in (substance.id, substance.base_id)
            and (wanted.above_nanograms is null
              or (salt.strength_key ~ '^[0-9]{1,18}ng$'
                and rtrim(salt.strength_key, 'ng')::bigint > wanted.above_nanograms))
        )
      )
      and (not ban.is_exact or (
        select count(*) from catalogue.clinical_drug_salt where clinical_drug_id = this.id) = (
        select count(*) from catalogue.banned_component where banned_formulation_id = ban.id))
  )
$$;

-- The past of a schedule is never rewritten: a period may be ended once, today or later, and nothing else changes.
create function catalogue.guard_schedule() returns trigger language plpgsql set search_path = '' as $$
begin
  if (old.id, old.substance_id, old.scheme, old.applies_to, old.effective_from, old.source_citation, old.recorded_by,
      old.recorded_at)
    is distinct from (new.id, new.substance_id, new.scheme, new.applies_to, new.effective_from, new.source_citation,
      new.recorded_by, new.recorded_at)
    or (old.effective_to is distinct from new.effective_to
      and (old.effective_to is not null or new.effective_to is null or new.effective_to < kernel.today()))
  then
    raise exception 'A schedule rule keeps its past: end it today or later and write a new one'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger schedule_rule_keeps_past before update on catalogue.schedule_rule
  for each row execute function catalogue.guard_schedule();
create trigger schedule_rule_kept before delete or truncate on catalogue.schedule_rule
  for each statement execute function kernel.refuse_change();
-- Who and why a period was ended, beside the rule that ended it.
alter table catalogue.schedule_rule
  add column decided_in uuid,
  add column ended_by text,
  add column end_citation text;
