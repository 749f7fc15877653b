create table run (
  id             integer primary key autoincrement,
  state          text    not null,
  operation      text    not null,
  environment    text    not null,
  playbook       text,
  lock_name      text    not null,
  priority       integer not null,
  is_check       integer not null,
  host_limit     text    not null,
  requested_by   text    not null,
  channel        text    not null,
  message_id     text,
  name           text    not null,
  description    text    not null,
  retry_of       integer,
  request        text    not null,
  requested_at   bigint  not null,
  started_at     bigint,
  ended_at       bigint,
  approved_by    text,
  cancelled_by   text,
  exit_code      integer,
  reason         text    not null default '',
  node           text    not null default '',
  log            text    not null default '',
  results        integer not null default 0,
  expected       integer not null default 0,
  play           text    not null default '',
  task           text    not null default '',
  hosts          integer not null default 0,
  hosts_ok       integer not null default 0,
  hosts_changed  integer not null default 0,
  hosts_failed   integer not null default 0,
  hosts_unreachable integer not null default 0,
  hosts_skipped  integer not null default 0,
  read_events    bigint  not null default 0,
  read_output    bigint  not null default 0,
  written_log    bigint  not null default 0
);

-- The lock: two active runs of one playbook cannot exist, whoever tries.
create unique index one_active_run_per_lock on run (lock_name) where state = 'running';
-- A wish is made once, however often its message arrives.
create unique index one_run_per_wish on run (channel, message_id) where message_id is not null;
create index run_queued on run (lock_name, priority desc, requested_at, id) where state = 'queued';
create index run_by_environment on run (environment, id);
create index run_by_operation on run (operation, id);
create index run_by_lock on run (lock_name, environment, id);
create index run_by_state on run (state, id);

create table event (
  sequence integer primary key autoincrement,
  run      integer not null references run (id) on delete cascade,
  at       bigint  not null,
  type     text    not null,
  body     text    not null
);
create index event_by_run on event (run, sequence);

create table host_result (
  run         integer not null references run (id) on delete cascade,
  host        text    not null,
  outcome     text    not null,
  ok          integer not null,
  changed     integer not null,
  unreachable integer not null,
  failed      integer not null,
  skipped     integer not null,
  rescued     integer not null,
  ignored     integer not null,
  failed_task text,
  message     text,
  duration    bigint  not null,
  primary key (run, host)
);
create index host_result_by_host on host_result (host, run);

-- The last word on each host, and beside it the run that works on it now: a run that ends without having touched the
-- host takes nothing away from what was known before.
create table host_status (
  environment   text    not null,
  host          text    not null,
  kind          text    not null,
  status        text    not null,
  run           integer not null,
  version       text    not null default '',
  started       bigint  not null,
  completed     bigint,
  latency       bigint,
  error         text    not null default '',
  working_run   integer,
  working_since bigint,
  primary key (environment, host, kind)
);

-- How often each lock was made due, so that a wake-up in the middle of one is not lost.
create table lane (
  lock_name text   primary key,
  wakes     bigint not null
);

create table scheduled_tasks (
  task_name            text not null,
  task_instance        text not null,
  task_data            blob,
  execution_time       timestamp not null,
  picked               boolean not null,
  picked_by            text,
  last_success         timestamp,
  last_failure         timestamp,
  consecutive_failures integer,
  last_heartbeat       timestamp,
  version              bigint not null,
  priority             integer,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
