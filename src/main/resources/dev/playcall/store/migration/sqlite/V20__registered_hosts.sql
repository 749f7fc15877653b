-- Hosts that stand in no file: somebody or some program registered them.
create table registered_host (
  environment text    not null,
  name        text    not null,
  address     text,
  port        integer,
  user        text,
  key         text,
  tags        text    not null,
  variables   text    not null,
  by          text    not null,
  at          bigint  not null,
  primary key (environment, name)
) without rowid;

-- Counts the changes, so that one look tells whether there was any.
create table registered_revision (
  one integer primary key check (one = 1),
  n   bigint not null
);
insert into registered_revision (one, n) values (1, 0);
create trigger host_is_registered after insert on registered_host
begin
  update registered_revision set n = n + 1;
end;
create trigger host_is_changed after update on registered_host
begin
  update registered_revision set n = n + 1;
end;
create trigger host_is_unregistered after delete on registered_host
begin
  update registered_revision set n = n + 1;
end;
