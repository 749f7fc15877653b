-- One request over several environments, whose runs are done one after the other.
create table batch (
  id         integer primary key autoincrement,
  on_failure text    not null,
  by         text    not null,
  channel    text    not null,
  message_id text,
  retry_of   integer,
  at         bigint  not null
);
create unique index one_batch_per_wish on batch (channel, message_id) where message_id is not null;

-- The place of a run in its batch, and how many there are.
alter table run add column batch       integer;
alter table run add column batch_place integer;
alter table run add column batch_size  integer;
alter table run add column batch_stops integer;
create index run_by_batch on run (batch, batch_place) where batch is not null;
create trigger batch_is_forgotten after delete on run
  when old.batch is not null and not exists (select 1 from run where batch = old.batch)
begin
  delete from batch where id = old.batch;
end;

-- A channel is told of a batch in one card, which hangs on the first run of it.
alter table chat_feed add column whole_batch integer not null default 0;

-- A run that works and stands still, and how long it has stood still before.
alter table run add column paused_by     text;
alter table run add column paused_at     bigint;
alter table run add column paused_reason text;
alter table run add column paused_millis bigint not null default 0;

-- Who wants to be called when it is the turn of a run.
create table run_caller (
  run     integer not null references run (id) on delete cascade,
  person  text    not null,
  at      bigint  not null,
  primary key (run, person)
);
