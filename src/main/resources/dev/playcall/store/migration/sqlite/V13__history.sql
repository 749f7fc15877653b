-- What a run cost, known once it has ended.
alter table run add column cpu_millis  bigint;
alter table run add column peak_bytes  bigint;
alter table run add column host_millis bigint;

-- Each filter of the history, alone and with a state, is answered in the order of the numbers. `indexed by` in the code
-- names them: without one of these a question would read the whole table.
create index run_by_environment_state on run (environment, state, id);
create index run_by_operation_state on run (operation, state, id);
create index run_by_playbook on run (playbook, id);
create index run_by_playbook_state on run (playbook, state, id);
create index run_by_person on run (requested_by, id);
create index run_by_person_state on run (requested_by, state, id);
create index run_by_end on run (environment, ended_at, id) where ended_at is not null;
drop index run_by_lock;
create index run_like on run (lock_name, environment, is_check, id) where state = 'success';

-- How many runs there are of each kind, so that nobody has to count them, and where each day begins and ends.
create table run_facet (
  kind  text    not null,
  value text    not null,
  n     integer not null,
  primary key (kind, value)
) without rowid;
create table run_day (
  day   integer primary key,
  first integer not null,
  last  integer not null
);

insert into run_facet (kind, value, n) select 'environment', environment, count(*) from run group by 2;
insert into run_facet (kind, value, n) select 'operation', operation, count(*) from run group by 2;
insert into run_facet (kind, value, n) select 'playbook', playbook, count(*) from run where playbook is not null group by 2;
insert into run_facet (kind, value, n) select 'person', requested_by, count(*) from run group by 2;
insert into run_day (day, first, last) select requested_at / 86400000, min(id), max(id) from run group by 1;

create trigger run_is_counted after insert on run
begin
  insert into run_facet (kind, value, n) values ('environment', new.environment, 1)
    on conflict (kind, value) do update set n = n + 1;
  insert into run_facet (kind, value, n) values ('operation', new.operation, 1)
    on conflict (kind, value) do update set n = n + 1;
  insert into run_facet (kind, value, n) select 'playbook', new.playbook, 1 where new.playbook is not null
    on conflict (kind, value) do update set n = n + 1;
  insert into run_facet (kind, value, n) values ('person', new.requested_by, 1)
    on conflict (kind, value) do update set n = n + 1;
  insert into run_day (day, first, last) values (new.requested_at / 86400000, new.id, new.id)
    on conflict (day) do update set first = min(first, excluded.first), last = max(last, excluded.last);
end;
create trigger run_is_forgotten after delete on run
begin
  update run_facet set n = n - 1 where kind = 'environment' and value = old.environment;
  update run_facet set n = n - 1 where kind = 'operation' and value = old.operation;
  update run_facet set n = n - 1 where kind = 'playbook' and value = old.playbook;
  update run_facet set n = n - 1 where kind = 'person' and value = old.requested_by;
end;

-- The words of a run: what was asked, which task failed and why, and the lines of its log that matter. Only the index is
-- kept; the text itself is in the run, its hosts and its log.
create virtual table run_text using fts5 (
  words, content = '', contentless_delete = 1, prefix = '3',
  tokenize = "unicode61 remove_diacritics 2"
);
insert into run_text (rowid, words)
  select r.id, r.operation || ' ' || coalesce(r.playbook, '') || ' ' || r.environment || ' ' || r.name || ' '
      || r.description || ' ' || r.reason || ' '
      || coalesce((select group_concat(h.host || ' ' || coalesce(h.failed_task, '') || ' ' || coalesce(h.message, ''), ' ')
                   from host_result h where h.run = r.id and h.failed_task is not null), '')
  from run r;

-- What stays of runs by day, added up as they end, so that no question about a month reads a month of runs.
create table tally (
  kind        text    not null,
  day         integer not null,
  environment text    not null,
  key         text    not null,
  n           integer not null,
  bad         integer not null default 0,
  flips       integer not null default 0,
  millis      bigint  not null default 0,
  cpu         bigint  not null default 0,
  work        bigint  not null default 0,
  peak        bigint  not null default 0,
  primary key (kind, day, environment, key)
) without rowid;
insert into tally (kind, day, environment, key, n)
  select 'state', ended_at / 86400000, environment, state, count(*) from run where ended_at is not null group by 2, 3, 4;
insert into tally (kind, day, environment, key, n, bad)
  select 'person', ended_at / 86400000, environment, requested_by, count(*),
      sum(state in ('failed', 'timed_out', 'interrupted'))
  from run where ended_at is not null group by 2, 3, 4;

-- How each host did the last time, to see when that changes.
create table host_last (
  environment text    not null,
  host        text    not null,
  bad         integer not null,
  primary key (environment, host)
) without rowid;

-- One way to fail: the same task of the same playbook with the same message, whatever the host.
create table failure (
  id       text    primary key,
  playbook text    not null,
  task     text    not null,
  message  text    not null,
  last_run integer not null
);

-- Runs that are kept whatever their age.
create table run_pin (
  run    integer primary key references run (id) on delete cascade,
  by     text    not null,
  reason text    not null,
  at     bigint  not null
);
