-- What runs write, in pieces that grow, for the gateways that do not execute them. Where a database has one gateway there are none.
create table run_output (
  id         integer primary key not null,
  run        integer not null references run (id) on delete cascade,
  file       text not null,
  place      integer not null,
  size       integer not null,
  body       blob not null,
  written_at integer not null
);
create index run_output_by_run on run_output (run, file);
