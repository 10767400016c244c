-- What the search learns and is told; what it searches through is the catalogue, read into memory.

-- How often a pack was ordered, decaying: `weight_milli` thousandths of an order as of `counted_at`. The area is the
-- first three digits of a PIN (India Post's sorting district), or '' for everywhere. No person, no order.
create table search.popularity (
  area text not null check (area ~ '^([1-9][0-9]{2})?$'),
  pack_id uuid not null,
  weight_milli bigint not null check (weight_milli between 0 and 9007199254740991),
  counted_at timestamptz not null default kernel.now(),
  -- The transaction that wrote the row last, by which every process follows it.
  written_in xid8 not null default pg_current_xact_id(),
  primary key (area, pack_id)
);
create index popularity_by_writing on search.popularity (written_in);

-- Names customers looked for and did not find. Nobody's name is beside them.
create table search.medicine_request (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  -- Lower case with single spaces, so that one name is one row however often it is asked for.
  name_key text not null unique,
  asked integer not null default 1 check (asked > 0),
  first_asked_at timestamptz not null default kernel.now(),
  last_asked_at timestamptz not null default kernel.now()
);
create index medicine_request_by_asked on search.medicine_request (asked desc, id desc);
create index medicine_request_by_age on search.medicine_request (last_asked_at);

-- Who asked, as an HMAC of a network address, for as long as an hour's limit needs it.
create table search.medicine_request_tally (
  address_hash bytea not null check (length(address_hash) = 32),
  hour timestamptz not null,
  asked integer not null default 1,
  primary key (address_hash, hour)
);
create index medicine_request_tally_by_hour on search.medicine_request_tally (hour);

grant usage on schema search to janta_app;
grant select, insert, update, delete on search.popularity, search.medicine_request, search.medicine_request_tally
  to janta_app;
