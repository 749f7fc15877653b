-- Everything that was said to the gateway, once: the key tells a repetition.
create table notice (
  id       integer primary key autoincrement,
  source   text   not null,
  key      text   not null,
  hash     text   not null,
  subject  text   not null,
  at       bigint not null,
  taken_at bigint not null,
  body     text   not null,
  routed   integer not null,
  unique (source, key)
);
create index notice_taken on notice (taken_at);

-- What one receiver hears of together, and when.
create table notice_group (
  id        integer primary key autoincrement,
  receiver  text   not null,
  route     text   not null,
  labels    text   not null,
  hold      bigint not null,
  pause     bigint not null,
  repeat    bigint not null,
  due_at    bigint,
  told_at   bigint,
  unique (receiver, route, labels)
);
create index notice_group_due on notice_group (due_at) where due_at is not null;

-- The newest notice about each subject of a group; news is 1 until it was told.
create table notice_member (
  group_id integer not null references notice_group (id) on delete cascade,
  subject  text    not null,
  status   text    not null,
  body     text    not null,
  news     integer not null,
  told     integer not null,
  primary key (group_id, subject)
);

create table delivery (
  id         integer primary key autoincrement,
  receiver   text    not null,
  thread     text    not null,
  state      text    not null,
  created_at bigint  not null,
  due_at     bigint,
  lease      bigint,
  ended_at   bigint,
  fresh      integer not null,
  tries      integer not null default 0,
  reason     text    not null default '',
  ref        text    not null default '',
  content    text    not null
);
create index delivery_due on delivery (receiver, due_at) where state in ('due', 'sending');
create index delivery_open_thread on delivery (receiver, thread, id) where state in ('due', 'sending');
create index delivery_thread on delivery (receiver, thread, id);
create index delivery_by_state on delivery (state, id);
create index delivery_ended on delivery (ended_at) where ended_at is not null;

create table delivery_attempt (
  delivery  integer not null references delivery (id) on delete cascade,
  number    integer not null,
  at        bigint  not null,
  millis    bigint  not null,
  delivered integer not null,
  answer    text    not null,
  primary key (delivery, number)
);

-- Runs that ended before there were notifications are not told of now.
insert into journal_cursor (reader, sequence) select 'notify', coalesce(max(sequence), 0) from event;
