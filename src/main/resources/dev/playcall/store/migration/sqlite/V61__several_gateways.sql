-- What gateways keep in memory and others may change: a number by topic, which grows with each change. Where a database has one
-- gateway nobody counts.
create table changed (
  topic   text primary key not null,
  version integer not null
);

-- How many runs somebody may still request: the time, in milliseconds, at which all that was requested is paid for.
create table allowance (
  person  text primary key not null,
  paid_at integer not null
);

-- What the files of a node are made of, and of the node where a run was requested; empty: not known.
alter table node add column content text not null default '';
alter table run add column content text not null default '';

-- A text that only gateways with the same keys can open and have made.
create table shared_key (
  name text primary key not null,
  text text not null
);
