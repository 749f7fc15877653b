-- A playbook over many hosts in waves: the runs of one batch, and what was said of all of them.
create table deployment (
  id           integer primary key autoincrement,
  batch        integer not null unique,
  name         text    not null,
  description  text    not null,
  -- Both in lower case, to be searched.
  words        text    not null,
  -- Which hosts, as it was written; empty for all.
  selection    text    not null,
  rollout      text    not null,
  hosts        integer not null,
  -- How many of its waves may begin, and when the next one may by itself.
  open_waves   integer not null,
  next_at      bigint,
  -- Why nothing further starts, and whether that is because too many hosts failed.
  stopped      text    not null default '',
  exceeded     integer not null default 0,
  rollback_run integer
);

-- What takes a wave back, as it was checked when the deployment was asked for.
create table deployment_rollback (
  deployment integer not null references deployment (id) on delete cascade,
  wave       integer not null,
  event      text    not null,
  primary key (deployment, wave)
);

create trigger deployment_is_forgotten after delete on batch
begin
  delete from deployment_rollback where deployment in (select id from deployment where batch = old.id);
  delete from deployment where batch = old.id;
end;
