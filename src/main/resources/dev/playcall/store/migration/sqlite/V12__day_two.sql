-- What runs by itself. next_at is the time on the clock that comes next, due_at when its run begins.
create table schedule (
  id            integer primary key autoincrement,
  owner         text    not null,
  channel       text    not null,
  message_id    text,
  plan          text    not null,
  cron          text,
  zone          text,
  missed        integer not null,
  jitter        bigint  not null,
  next_at       bigint,
  due_at        bigint,
  paused_by     text,
  paused_reason text,
  paused_at     bigint,
  last_at       bigint,
  last_run      integer,
  last_words    text,
  at            bigint  not null
);
create index schedule_due on schedule (due_at) where paused_at is null and due_at is not null;
create unique index one_schedule_per_wish on schedule (channel, message_id) where message_id is not null;

-- What a channel or a person is still to be told. A key is told once.
create table chat_saying (
  id      integer primary key autoincrement,
  key     text    not null unique,
  place   text    not null,
  text    text    not null,
  at      bigint  not null,
  said_at bigint
);
create index chat_saying_open on chat_saying (id) where said_at is null;

-- What is held back: the queue, an environment, a playbook; or new wishes altogether.
create table hold (
  kind   text   not null,
  name   text   not null,
  holder text   not null,
  reason text   not null,
  since  bigint not null,
  primary key (kind, name)
);
