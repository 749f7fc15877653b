-- What gateways keep in memory and others may change: a number by topic, which grows with each change.
create table changed (
  topic   text collate "C" primary key not null,
  version bigint not null
);

create function count_change() returns trigger language plpgsql as $$
begin
  insert into changed (topic, version) values (tg_argv[0], 1)
    on conflict (topic) do update set version = changed.version + 1;
  return null;
end $$;

create trigger count_change after insert or update or delete on secret
  for each statement execute function count_change('secrets');
create trigger count_change after insert or update or delete on secret_once
  for each statement execute function count_change('secrets');
create trigger count_change after insert or update or delete on setting
  for each statement execute function count_change('settings');
create trigger count_change after insert or update or delete on notify_receiver
  for each statement execute function count_change('receivers');
create trigger count_change after insert or update or delete on notify_route
  for each statement execute function count_change('receivers');

-- How many runs somebody may still request: the time, in milliseconds, at which all that was requested is paid for.
create table allowance (
  person  text collate "C" primary key not null,
  paid_at bigint not null
);

-- What the files of a node are made of, and of the node where a run was requested; empty: not known.
alter table node add column content text collate "C" not null default '';
alter table run add column content text collate "C" not null default '';

create trigger count_change after update of content on node
  for each statement execute function count_change('content');

create function note_content() returns trigger language plpgsql as $$
begin
  new.content := coalesce((select content from node where name = current_setting('playcall.node', true)), '');
  return new;
end $$;

create trigger note_content before insert on run for each row execute function note_content();

-- A text that only gateways with the same keys can open and have made.
create table shared_key (
  name text collate "C" primary key not null,
  text text collate "C" not null
);
