-- An import on its way from a file to the tables: what was found of each row, and how far the worker is.

create table imports.run (
  id uuid primary key,
  kind text not null check (kind in ('catalogue_list', 'jan_aushadhi', 'supplier_prices', 'pin_codes')),
  source text not null check (length(source) between 1 and 120),
  file_name text not null check (length(file_name) between 1 and 200),
  file_key text not null,
  state text not null default 'awaiting_file' check (state in ('awaiting_file', 'reading', 'mapping', 'checking',
    'checked', 'committing', 'committed', 'undoing', 'undone', 'refused', 'discarded')),
  sentence text,
  file_sha256 text,
  encoding text,
  header jsonb not null default '[]',
  header_line integer not null default 0,
  sample jsonb not null default '[]',
  mapping jsonb not null default '{}',
  is_remembered boolean not null default false,
  -- Known after the first reading; the length of the progress bar.
  rows_in_file integer not null default 0,
  rows_read integer not null default 0,
  rows_good integer not null default 0,
  rows_noticed integer not null default 0,
  rows_bad integer not null default 0,
  -- The last line whose rows are kept, and the last whose rows are stored: a worker that died goes on behind them.
  checked_line integer not null default 0,
  stored_line integer not null default 0,
  rows_stored integer not null default 0,
  added integer not null default 0,
  changed integer not null default 0,
  restored integer not null default 0,
  kept integer not null default 0,
  chosen text not null default 'all' check (chosen in ('all', 'only', 'except')),
  chosen_lines integer[] not null default '{}',
  created_by uuid,
  created_at timestamptz not null default kernel.now(),
  -- When the worker last got further; a run that stands still is taken up again.
  moved_at timestamptz not null default kernel.now(),
  committed_at timestamptz
);
create index run_newest on imports.run (id desc);
create index run_working on imports.run (moved_at)
  where state in ('reading', 'checking', 'committing', 'undoing');
create index run_by_file on imports.run (file_sha256, kind) where state = 'committed';

create table imports.row (
  run_id uuid not null references imports.run (id),
  line integer not null,
  outcome text not null check (outcome in ('good', 'noticed', 'bad')),
  cells jsonb not null,
  remarks jsonb,
  primary key (run_id, line)
);
create index row_by_outcome on imports.row (run_id, outcome, line);

-- Which heading of a source gives which field: asked once, used for its next list.
create table imports.mapping (
  kind text not null,
  source_key text not null,
  headings jsonb not null,
  primary key (kind, source_key)
);

grant usage on schema imports to janta_app;
grant select, insert, update on imports.run, imports.mapping to janta_app;
grant select, insert, delete on imports.row to janta_app;
