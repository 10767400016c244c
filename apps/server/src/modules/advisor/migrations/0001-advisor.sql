-- Figures of the machinery, never of people: how busy, how slow, how full. Whole numbers in the unit their metric
-- declares (packages of microseconds, per mille, bytes); `spread` counts values by quarter octave.

create table advisor.sample (
  minute timestamptz not null check (minute = date_trunc('minute', minute)),
  process text not null check (process ~ '^[a-z]+-[0-9a-f]{8}$'),
  name text not null check (name ~ '^[a-z]+\.[a-z_]+$'),
  label text not null check (length(label) <= 120),
  count bigint not null check (count >= 0),
  total bigint not null check (total >= 0),
  most bigint not null check (most >= 0),
  spread jsonb not null,
  primary key (minute, process, name, label)
);

-- The same, folded: one row an hour for all processes of a service.
create table advisor.hour (
  hour timestamptz not null check (hour = date_trunc('hour', hour, 'UTC')),
  service text not null,
  name text not null,
  label text not null,
  count bigint not null,
  total bigint not null,
  most bigint not null,
  spread jsonb not null,
  primary key (hour, service, name, label)
);

grant usage on schema advisor to janta_app;
grant select, insert, delete on advisor.sample to janta_app;
grant select, insert, update, delete on advisor.hour to janta_app;
