-- How far each durable reader of the journal has come.
create table journal_cursor (
  reader   text   primary key,
  sequence bigint not null
);

-- Which channel is told of which run, until it has been told everything.
create table chat_feed (
  run           integer not null references run (id) on delete cascade,
  channel       text    not null,
  failures_only integer not null,
  open          integer not null,
  primary key (run, channel)
);
create index chat_feed_open on chat_feed (run) where open = 1;

-- The messages of a feed. One without a ref was being said when we last looked: it may be there.
create table chat_slot (
  run     integer not null,
  channel text    not null,
  name    text    not null,
  ref     text,
  shown   text    not null,
  at      bigint  not null,
  primary key (run, channel, name),
  foreign key (run, channel) references chat_feed (run, channel) on delete cascade
);
create index chat_slot_ref on chat_slot (channel, ref);

create table chat_told (
  run     integer not null,
  channel text    not null,
  fact    text    not null,
  primary key (run, channel, fact),
  foreign key (run, channel) references chat_feed (run, channel) on delete cascade
);

create table chat_subscription (
  channel       text    not null,
  environment   text    not null,
  operation     text    not null,
  failures_only integer not null,
  subscribed_by text    not null,
  at            bigint  not null,
  primary key (channel, environment, operation, failures_only)
);

-- Deliveries of the platforms that were taken, so that none is done twice.
create table chat_seen (
  delivery text   primary key,
  at       bigint not null
);
create index chat_seen_at on chat_seen (at);

create table chat_wish (
  id     integer primary key autoincrement,
  person text    not null,
  words  text    not null,
  at     bigint  not null
);

create table chat_person (
  person text primary key,
  name   text not null
);

-- Runs that ended before there were cards in channels are not told of now.
insert into journal_cursor (reader, sequence) select 'chat', coalesce(max(sequence), 0) from event;
